// The HTTP face of the workspace: `/api/METHOD`, uploads, response_url. Tokens, scopes, faults and
// pace are dealt with here; what a method does is in web-api/.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Json } from './controls.ts';
import type { Fault, Faults } from './faults.ts';
import type { Pace } from './pace.ts';
import { parseArgs, readBody, uploadedBytes } from './request-body.ts';
import { respondTo } from './response-url.ts';
import { receiveUpload } from './web-api/files.ts';
import type { ApiResult, Method } from './web-api/method.ts';
import { failed, missingScope } from './web-api/method.ts';
import type { Call, Workspace } from './records.ts';
import { addProblem, changed } from './workspace.ts';

interface HttpParts {
  workspace: Workspace;
  methods: Record<string, Method>;
  faults: Faults;
  pace: Pace;
  /** Calls kept in `workspace.calls`; the oldest half goes when there are twice as many. */
  keepCalls: number;
}

export function requestListener(parts: HttpParts) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    handle(parts, request, response).catch((error: unknown) => {
      // A bug of the simulator's own: the app must not take it for an answer of Slack's.
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      addProblem(parts.workspace, 'simulator_error', `${request.url}: ${detail}`);
      response.destroy();
    });
  };
}

async function handle(
  parts: HttpParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { workspace } = parts;
  const url = new URL(request.url ?? '/', workspace.origin);
  const body = await readBody(request);
  const [, area, id = ''] = url.pathname.split('/');
  const contentType = request.headers['content-type'] ?? '';
  if (area === 'api') return api(parts, id, url, request, body, response);
  if (area === 'upload' && request.method === 'POST') {
    const answer = receiveUpload(workspace, id, await uploadedBytes(body, contentType));
    return plain(response, answer);
  }
  if (area === 'respond' && request.method === 'POST') {
    const parsed = parseArgs(body, contentType);
    return plain(
      response,
      parsed.ok ? respondTo(workspace, id, parsed.args) : { status: 400, text: 'invalid_payload' },
    );
  }
  plain(response, { status: 404, text: 'not found' });
}

function plain(response: ServerResponse, answer: { status: number; text: string }): void {
  response.writeHead(answer.status, { 'content-type': 'text/plain' }).end(answer.text);
}

function authorize(
  workspace: Workspace,
  name: string,
  method: Method,
  token: string | undefined,
): ApiResult | undefined {
  if (method.token === 'none') return undefined;
  if (token === undefined) return failed('not_authed');
  const { app } = workspace;
  const kind = token === app.bot_token ? 'bot' : token === app.app_token ? 'app' : undefined;
  if (kind === undefined) return failed('invalid_auth');
  // auth.test takes either.
  if (kind !== method.token && name !== 'auth.test') return failed('not_allowed_token_type');
  if (method.scopes.length > 0 && !method.scopes.some((scope) => app.bot_scopes.includes(scope))) {
    return missingScope(workspace, method.scopes);
  }
  return undefined;
}

/** The token, from where Slack takes it: the header, or the body of a form. */
function tokenOf(
  workspace: Workspace,
  name: string,
  url: URL,
  request: IncomingMessage,
  args: Json,
): string | undefined {
  if (url.searchParams.has('token')) {
    addProblem(workspace, 'token_in_url', `${name} was called with its token in the URL`);
  }
  const header = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const inBody = typeof args['token'] === 'string' ? args['token'] : undefined;
  const isJsonBody = (request.headers['content-type'] ?? '').includes('application/json');
  if (header === undefined && inBody !== undefined && isJsonBody) {
    addProblem(workspace, 'token_in_json', `${name} was called with its token in a JSON body`);
    return undefined;
  }
  return header ?? inBody;
}

async function api(
  parts: HttpParts,
  name: string,
  url: URL,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  const { workspace, faults, pace } = parts;
  const parsed = parseArgs(body, request.headers['content-type'] ?? '');
  const raw = parsed.ok ? parsed.args : {};
  const token = tokenOf(workspace, name, url, request, raw);
  const { token: _token, ...sent } = raw;
  const args: Json = { ...Object.fromEntries(url.searchParams), ...sent };
  delete args['token'];
  const channel = typeof args['channel'] === 'string' ? args['channel'] : undefined;
  const call: Call = {
    method: name,
    at: workspace.clock.now(),
    ok: false,
    status: 0,
    args,
    ...(channel === undefined ? {} : { channel }),
  };
  record(parts, call);

  const answer = (status: number, result: ApiResult | undefined, headers: Json = {}): void => {
    call.status = status;
    if (result) {
      call.ok = result.ok;
      if (!result.ok) call.error = String(result['error']);
    }
    changed(workspace, { type: 'call', method: name, call });
    if (status === 0) {
      request.socket.destroy();
      return;
    }
    response.writeHead(status, {
      'content-type': result ? 'application/json; charset=utf-8' : 'text/plain',
      'x-oauth-scopes': workspace.app.bot_scopes.join(','),
      ...Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, String(value)])),
    });
    response.end(result ? JSON.stringify(result) : 'fault');
  };

  const method = Object.hasOwn(parts.methods, name) ? parts.methods[name] : undefined;
  if (!method) {
    addProblem(workspace, 'unknown_method', `there is no method ${name} here`);
    return answer(200, failed('unknown_method', { req_method: name }));
  }
  const fault = faults.take(name, args);
  const unanswered = fault === 'lost_answer' || fault === 'held_answer';
  if (fault !== undefined && !unanswered) {
    if (!(await meet(fault, faults, call, answer))) return;
  }
  const run = (): ApiResult => {
    if (!parsed.ok) return failed(parsed.error);
    return authorize(workspace, name, method, token) ?? method.run(workspace, args);
  };
  const wait = pace.check(name, method.tier, paceKey(channel));
  if (wait !== undefined) {
    return answer(429, failed('ratelimited'), { 'retry-after': wait });
  }
  const result = run();
  if (unanswered) {
    call.ok = result.ok;
    if (!result.ok) call.error = result.error;
    if (fault === 'lost_answer') answer(0, undefined);
    else faults.whenCleared(() => answer(0, undefined));
    return;
  }
  answer(
    200,
    result,
    method.scopes.length > 0 ? { 'x-accepted-oauth-scopes': method.scopes.join(',') } : {},
  );
}

/** Lets a call meet its fault; true where it goes on afterwards. */
async function meet(
  fault: Exclude<Fault, 'lost_answer' | 'held_answer'>,
  faults: Faults,
  call: Call,
  answer: (status: number, result: ApiResult | undefined, headers?: Json) => void,
): Promise<boolean> {
  if ('error' in fault) answer(200, failed(fault.error));
  else if ('status' in fault) {
    call.error = `http_${fault.status}`;
    answer(fault.status, undefined);
  } else if ('ratelimited' in fault) {
    answer(429, failed('ratelimited'), { 'retry-after': fault.ratelimited });
  } else if ('hang' in fault) {
    call.error = 'hang';
    faults.whenCleared(() => answer(0, undefined));
  } else {
    await new Promise((resolve) => setTimeout(resolve, fault.slow_ms));
    return true;
  }
  return false;
}

function record(parts: HttpParts, call: Call): void {
  const { calls } = parts.workspace;
  calls.push(call);
  if (calls.length > parts.keepCalls * 2) calls.splice(0, parts.keepCalls);
}

/** A DM has one pace, whether it is called by the person's id or by its own. */
function paceKey(channel: string | undefined): string | undefined {
  return channel?.replace(/^U/, 'D');
}

// Reading what a client sent: forms with JSON in their fields, JSON bodies, multipart uploads.
import type { IncomingMessage } from 'node:http';
import type { Json } from './controls.ts';
import { isJson } from './controls.ts';

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk)));
  }
  return Buffer.concat(chunks);
}

/** Form fields that carry JSON. What does not parse stays text, and the method refuses it. */
const JSON_FIELDS = ['blocks', 'attachments', 'view', 'metadata', 'files'];

type ParsedArgs = { ok: true; args: Json } | { ok: false; error: string };

export function parseArgs(body: Buffer, contentType: string): ParsedArgs {
  const text = body.toString();
  if (contentType.includes('application/json')) {
    if (text === '') return { ok: true, args: {} };
    try {
      const value: unknown = JSON.parse(text);
      return isJson(value)
        ? { ok: true, args: decode(value) }
        : { ok: false, error: 'json_not_object' };
    } catch {
      return { ok: false, error: 'invalid_json' };
    }
  }
  if (text !== '' && !contentType.includes('application/x-www-form-urlencoded')) {
    return { ok: false, error: 'invalid_post_type' };
  }
  return { ok: true, args: decode(Object.fromEntries(new URLSearchParams(text))) };
}

function decode(args: Json): Json {
  for (const field of JSON_FIELDS) {
    const value = args[field];
    if (typeof value !== 'string' || value === '') continue;
    try {
      args[field] = JSON.parse(value);
    } catch {
      continue;
    }
  }
  return args;
}

/** The first file of a multipart body, or the body itself where it is none. */
export async function uploadedBytes(body: Buffer, contentType: string): Promise<Buffer> {
  if (!contentType.includes('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': contentType },
  }).formData();
  for (const value of form.values()) {
    if (typeof value !== 'string') return Buffer.from(await value.arrayBuffer());
  }
  return Buffer.alloc(0);
}

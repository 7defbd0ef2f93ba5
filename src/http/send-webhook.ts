/**
 * Delivers a result to its callback: signed as Standard Webhooks says, over a connection pinned to the address that was
 * checked, without redirects, the body of the answer ignored.
 */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { LookupAddress } from 'node:dns';
import { Webhook } from 'standardwebhooks';
import type { Delivery } from '../outbox/delivery.ts';
import type { EpochMs } from '../domain/clock.ts';
import { resolveCallback } from './callback-address.ts';
import { retryAfterMs } from './retry-after.ts';

const TIMEOUT_MS = 10_000;

export interface WebhookDelivery {
  /** The same at each try: what the receiver dedupes on. */
  id: string;
  url: string;
  body: string;
  at: EpochMs;
}

/** Asks to be left alone for a while: then its `Retry-After` counts. */
const RESTS = new Set([429, 503]);

/**
 * One try. 2xx is done, 410 ends it, anything else is tried again later: on 429 and 503 not before `Retry-After`.
 * `secret`: one, or several with blanks between, which all sign, so that a receiver can change from one to the next.
 */
export async function sendWebhook(
  delivery: WebhookDelivery,
  rules: { secret: string; allow: readonly string[] },
): Promise<Delivery> {
  const url = new URL(delivery.url);
  try {
    const resolved = await resolveCallback(url, rules.allow);
    if ('refused' in resolved) return { delivery: 'later', error: resolved.refused };
    const { status, retry_after } = await post(
      url,
      resolved,
      headersOf(delivery, rules.secret),
      delivery.body,
    );
    if (status >= 200 && status < 300) return { delivery: 'done' };
    if (status === 410) return { delivery: 'failed', error: GONE };
    const rest = RESTS.has(status) ? retryAfterMs(retry_after, delivery.at) : null;
    return {
      delivery: 'later',
      error: `the receiver answered ${status}${status >= 300 && status < 400 ? '; redirects are not followed' : ''}`,
      ...(rest === null ? {} : { at_least_ms: rest }),
    };
  } catch (error) {
    return {
      delivery: 'later',
      error: error instanceof Error ? error.message : 'the connection failed',
    };
  }
}

const GONE = 'the receiver answered 410: it wants no more of these';

function headersOf(delivery: WebhookDelivery, secret: string): Record<string, string> {
  const at = new Date(delivery.at);
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(delivery.body)),
    'user-agent': 'hitl-pager',
    'webhook-id': delivery.id,
    'webhook-timestamp': String(Math.floor(delivery.at / 1000)),
    'webhook-signature': secret
      .split(' ')
      .map((one) => new Webhook(one).sign(delivery.id, at, delivery.body))
      .join(' '),
  };
}

function post(
  url: URL,
  address: LookupAddress,
  headers: Record<string, string>,
  body: string,
): Promise<{ status: number; retry_after: string | undefined }> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const options: RequestOptions = {
    method: 'POST',
    headers,
    // One connection a try: none is kept open to a receiver that might hold it.
    agent: false,
    lookup: (_host, wanted, done) => {
      if (wanted.all) done(null, [address]);
      else done(null, address.address, address.family);
    },
  };
  return new Promise((resolve, reject) => {
    const call = request(url, options, (answer) => {
      clearTimeout(timer);
      resolve({ status: answer.statusCode ?? 0, retry_after: answer.headers['retry-after'] });
      answer.destroy();
    });
    // For all of it, name look-up aside: a receiver that trickles is as slow as one that hangs.
    const timer = setTimeout(
      () => call.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)),
      TIMEOUT_MS,
    );
    call.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    call.end(body);
  });
}

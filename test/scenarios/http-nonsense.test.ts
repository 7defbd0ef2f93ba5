import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signature } from '../../simulator/slack/http-events.ts';
import { openDesk, refund, type Desk } from './desk.ts';
import { runs } from '../runs.ts';

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
const asForm = (payload: string) => new URLSearchParams({ payload }).toString();

describe('signed nonsense at /slack/events', () => {
  let desk: Desk;
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);
  beforeAll(async () => {
    process.on('unhandledRejection', note);
    desk = await openDesk({ http: true });
  });
  afterAll(async () => {
    process.off('unhandledRejection', note);
    await desk.close();
  });

  async function send(body: string, type = JSON_TYPE, late_s = 0): Promise<number> {
    const seconds = Math.floor(Date.now() / 1000) + late_s;
    const response = await fetch(`http://127.0.0.1:${desk.pager.port}/slack/events`, {
      method: 'POST',
      body,
      headers: {
        'content-type': type,
        'x-slack-request-timestamp': String(seconds),
        'x-slack-signature': signature(desk.slack.signingSecret, seconds, body),
      },
    });
    await response.arrayBuffer();
    return response.status;
  }
  const alive = async () => {
    expect((await desk.api('GET', '/healthz')).status).toBe(200);
    expect(unhandled).toEqual([]);
  };

  it.each([
    ...['null', '0', '-1.5', 'true', '"text"', '[]', '[null]', '{}', '{"type":null}', '{', ''],
    ...['{"type":"event_callback"}', '{"type":"event_callback","event":null}'],
    ...['{"type":"event_callback","event":[]}', '{"type":"event_callback","event":{}}'],
    ...['{"type":"block_actions","user":{"id":"U1"},"actions":[]}', '{"type":"block_actions"}'],
    ...['{"type":"block_actions","user":{"id":"U1"},"actions":[null]}', '{"type":"view_closed"}'],
    ...['{"type":"view_submission","user":{"id":"U1"},"view":null}', '{"type":"no such type"}'],
    ...['{"command":null}', '{"type":"shortcut","user":null}', '{"type":"url_verification"}'],
  ])('%s is refused, as JSON and in a form', async (body) => {
    expect(await send(body)).toBe(400);
    expect(await send(asForm(body), FORM)).toBe(400);
    await alive();
  });

  it.each(['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'nonsense', ''])(
    'a body of type "%s" is refused',
    async (type) => {
      expect(await send('{"type":"url_verification","challenge":"x"}', type)).toBe(415);
      await alive();
    },
  );

  it('a charset after the type changes nothing', async () => {
    const body = '{"type":"url_verification","challenge":"x"}';
    expect(await send(body, 'application/json; charset=utf-8')).toBe(200);
    expect(await send(asForm(body), `${FORM}; charset=UTF-8`)).toBe(200);
  });

  it.each([
    [-3600, 401],
    [-310, 401],
    [-280, 200],
    [280, 200],
    [310, 401],
    [3600, 401],
    [1e10, 401],
  ])('signed %i s from now: %i', async (late_s, status) => {
    expect(await send('{"type":"url_verification","challenge":"x"}', JSON_TYPE, late_s)).toBe(
      status,
    );
  });

  it('a body that is too long is refused', async () => {
    expect(await send(`"${'x'.repeat(2_100_000)}"`)).toBe(413);
    await alive();
  });

  it('whatever the body says, the answer is 200 or 4xx, and the pager goes on', async () => {
    const junk = fc.jsonValue({ maxDepth: 2 });
    const known = fc.constantFrom(
      ...['event_callback', 'block_actions', 'view_submission', 'view_closed', 'shortcut'],
    );
    const names = fc.constantFrom('user', 'team', 'view', 'channel', 'message', 'event', 'actions');
    const nearly = fc
      .tuple(known, fc.dictionary(names, junk, { maxKeys: 4 }))
      .map(([type, fields]) => ({ ...fields, type }));
    // The right shape, with nonsense beside it.
    const event = fc.record({ type: fc.constantFrom('app_mention', 'app_home_opened'), x: junk });
    const mention = fc
      .tuple(event, fc.dictionary(names, junk, { maxKeys: 2 }))
      .map(([of, rest]) => ({ ...rest, type: 'event_callback', event: { ...of } }));
    const body = fc.oneof(junk, nearly, mention).map((value) => JSON.stringify(value));
    const text = fc.oneof(body, fc.string({ maxLength: 40 }));
    await fc.assert(
      fc.asyncProperty(text, fc.boolean(), async (said, form) => {
        const status = await (form ? send(asForm(said), FORM) : send(said));
        expect(status === 200 || (status >= 400 && status < 500)).toBe(true);
      }),
      { numRuns: runs(150) },
    );
    await alive();
    await desk.submit(refund('after-nonsense'));
    await desk.slack
      .user('alice')
      .clicks('Approve')
      .on(await desk.card('after-nonsense'));
    expect(await desk.result('after-nonsense')).toMatchObject({ outcome: 'approved' });
  });
});

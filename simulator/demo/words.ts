/** What the demo says around its story: what this is, how to go on. Texts only. */

export const INTRODUCTION = `HITL Pager is pager duty for data. An AI works on its own, and asks a person only when their judgment changes the outcome. The question becomes a card in Slack, an expert answers it in seconds, and the AI gets the decision back, with who and why.

Here it runs as in production, except that Slack is simulated on this machine: no tokens, no server, and nothing leaves it. The people in it follow a script. Alice and Bob know billing, Carol knows support, Erin is compliance; Oscar is a colleague. Starting…`;

export const CLOSING = `Six things, five cards, and the AI never had to guess. What is let through, who is asked and how long they have is in policies/default.yaml; every step is in a database, in a log that shows if it was changed.`;

interface Running {
  port: number;
  token: string;
  log_file: string;
  data_dir: string;
  slack: { workspace: { origin: string } };
  /** Whether commands are taken. */
  typed: boolean;
}

/** What one can do now; `copy`: a text to be pasted. */
export function invitation(running: Running): { text: string; copy: boolean }[] {
  const { port, token, log_file, data_dir, slack, typed } = running;
  const api = `http://127.0.0.1:${port}`;
  const authorization = `-H 'authorization: Bearer ${token}'`;
  return [
    {
      copy: false,
      text: `It stays up, and nobody answers by themselves any more. Open ${slack.workspace.origin} in a browser: you are Alice, “Put an item in” brings cards, and the clock can be moved on. Or use these:`,
    },
    {
      copy: true,
      text: `
  API      ${api}   (what it takes: ${api}/openapi.json)
  token    ${token}
  Slack    ${slack.workspace.origin}   (simulated: open it in a browser)
  log      ${log_file}
  data     ${data_dir}   (gone when this ends)`,
    },
    {
      copy: false,
      text: 'Mia is the manager: as her, type “/hitl stats” there, “/hitl digest” or “/hitl thresholds billing”. The ten weeks that these tell of are made up, and each of their items says so.',
    },
    { copy: false, text: 'Put an item of your own in, from another terminal:' },
    {
      copy: true,
      text: `
curl -s ${api}/v1/items ${authorization} -H 'content-type: application/json' -d '{
  "id": "mine-1", "kind": "approval", "domain": "billing",
  "title": "Give customer 12 a discount of 30 percent?",
  "action": {"name": "discount", "args": {"customer": 12, "percent": 30}},
  "confidence": 0.4, "impact": 5 }'`,
    },
    { copy: false, text: 'and wait for its result as an AI would:' },
    { copy: true, text: `\ncurl -s '${api}/v1/items/mine-1?wait=60' ${authorization}` },
    typed
      ? {
          copy: false,
          text: 'Its card appears here. Then say who does what, such as “alice approve” or “bob reject too much”; “help” says what else. Ctrl-C ends it.',
        }
      : { copy: false, text: 'Its card appears here. Ctrl-C ends it.' },
  ];
}

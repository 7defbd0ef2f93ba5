/** The environment's variables: what each is for, and what holds where it is not set. */

export const PAGERDUTY_URL = 'https://events.pagerduty.com/v2/enqueue';

/** Every variable that is read, what it is for, and what holds where it is not set: for `hitl --help` and the README. */
export const VARIABLES: { name: string; what: string; otherwise: string }[] = [
  { name: 'SLACK_BOT_TOKEN', what: "the bot's token, xoxb-…", otherwise: 'needed' },
  {
    name: 'SLACK_APP_TOKEN',
    what: 'the app-level token for Socket Mode, xapp-…, with connections:write',
    otherwise: 'HTTP is used, which needs SLACK_SIGNING_SECRET',
  },
  {
    name: 'SLACK_SIGNING_SECRET',
    what: 'checks what Slack sends to /slack/events, where Socket Mode is not used',
    otherwise: 'Socket Mode is used',
  },
  { name: 'SLACK_API_URL', what: "the Web API's address", otherwise: "Slack's own" },
  {
    name: 'REDIS_URL',
    what: 'Redis for the queues, redis://… or rediss://…',
    otherwise: 'the queues are kept in this process, under HITL_DATA_DIR',
  },
  { name: 'HITL_QUEUE', what: 'the queue to consume items from', otherwise: 'hitl-items' },
  {
    name: 'HITL_REPLY_QUEUES',
    what: 'queues that an item may have its result put on (`reply_to`): names or patterns such as hitl-decisions-*, comma-separated',
    otherwise: 'only hitl-decisions',
  },
  {
    name: 'HITL_RESULTS_KEEP',
    what: 'how long results that nobody takes stay on the queue: 12h, 7d; the record has them for good',
    otherwise: '7d',
  },
  { name: 'HITL_DATA_DIR', what: 'where the database is', otherwise: './data' },
  { name: 'HITL_POLICY', what: 'the policy file', otherwise: 'policies/default.yaml' },
  { name: 'PORT', what: 'the HTTP port; 0 takes any', otherwise: '3000' },
  { name: 'HITL_BIND', what: 'the address to listen on', otherwise: '127.0.0.1' },
  {
    name: 'HITL_PUBLIC_HOSTS',
    what: 'names the pager is called by, such as a proxy passes on: host or host:port, comma-separated',
    otherwise: 'only localhost and the address in HITL_BIND',
  },
  {
    name: 'HITL_API_TOKEN',
    what: 'one bearer token with all scopes, at least 16 characters',
    otherwise: 'none',
  },
  {
    name: 'HITL_API_TOKENS',
    what: 'several: name:scope+scope:sha256hex, comma-separated; scopes submit, read, cancel, and all (the items of other tokens too)',
    otherwise: 'none; without either the HTTP API is off',
  },
  {
    name: 'HITL_METRICS_TOKEN',
    what: 'the bearer token that /metrics and /openapi.json ask for, at least 16 characters',
    otherwise: 'both are open to anyone who reaches the port',
  },
  {
    name: 'HITL_WEBHOOK_SECRET',
    what: 'signs webhooks (Standard Webhooks), whsec_…; during a rotation two, with a blank between: both sign',
    otherwise: 'items with a callback are refused',
  },
  {
    name: 'HITL_CALLBACK_ALLOW',
    what: 'hosts (host or host:port, comma-separated) that a callback may name though they are private or not https',
    otherwise: 'none',
  },
  {
    name: 'HITL_PAGERDUTY_KEYS',
    what: 'keys of PagerDuty services (Events API v2) that rungs notify: NAME:routing_key, comma-separated',
    otherwise: 'a policy that names one is refused',
  },
  {
    name: 'HITL_PAGERDUTY_URL',
    what: "the address of PagerDuty's Events API v2",
    otherwise: PAGERDUTY_URL,
  },
  {
    name: 'LOG_LEVEL',
    what: 'trace, debug, info, warn, error, fatal or silent',
    otherwise: 'info',
  },
];

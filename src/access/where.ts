/** Where a private note to somebody who acts goes. */
export interface Where {
  channel: string;
  thread_ts: string | null;
}

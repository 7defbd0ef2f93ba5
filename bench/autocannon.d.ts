/** What the bench uses of autocannon, which brings no types. */
declare module 'autocannon' {
  interface Request {
    body?: string;
  }
  interface Options {
    url: string;
    method: 'POST';
    connections: number;
    /** Seconds. */
    duration: number;
    headers: Record<string, string>;
    requests: { setupRequest: (request: Request) => Request }[];
  }
  interface Result {
    '2xx': number;
    non2xx: number;
    errors: number;
    /** Seconds. */
    duration: number;
    /** Milliseconds. */
    latency: { p50: number; p99: number };
  }
  export default function autocannon(options: Options): Promise<Result>;
}

/** The AI's side of the demo: puts an item in and waits for its result, over HTTP, with nothing but the token. */
import type { ItemStatus, Result } from '../../src/domain/wire.ts';
import type { Item } from '../../src/domain/item.ts';

export interface Agent {
  /** POST /v1/items. Throws where it is not taken. */
  asks(item: Item): Promise<ItemStatus>;
  /** GET /v1/items/:id?wait=30, again and again until there is a result; null where `signal` ends it before. */
  hears(id: string, signal: AbortSignal): Promise<Result | null>;
}

export function createAgent(port: number, token: string): Agent {
  const items = `http://127.0.0.1:${port}/v1/items`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  async function read(response: Response): Promise<ItemStatus> {
    if (!response.ok)
      throw new Error(`the API answered ${response.status}: ${await response.text()}`);
    // The product's own API, of the same version.
    return (await response.json()) as ItemStatus;
  }
  return {
    asks: async (item) =>
      read(await fetch(items, { method: 'POST', headers, body: JSON.stringify(item) })),
    async hears(id, signal) {
      const address = `${items}/${encodeURIComponent(id)}?wait=30`;
      try {
        while (!signal.aborted) {
          const { result } = await read(await fetch(address, { headers, signal }));
          if (result) return result;
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      }
      return null;
    },
  };
}

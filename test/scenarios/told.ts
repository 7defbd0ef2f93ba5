/**
 * What the API tells of an item, held against its schemas each time: zod's, and those of the OpenAPI document as a producer
 * would use them.
 */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { itemStatusSchema, type ItemStatus, type Result } from '../../src/domain/wire.ts';
import { openapi } from '../../src/http/openapi.ts';

type KeyOfAny<T> = T extends unknown ? keyof T : never;
type OfAny<T, K> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;
/** A result of whatever outcome: what only some have may be absent. */
export type AnyResult = Result & { [K in KeyOfAny<Result>]?: OfAny<Result, K> };
export type AnyStatus = ItemStatus & { result?: AnyResult };

let documented: ValidateFunction | undefined;

/** An item's status as the API answered it. Throws where it is not what the schemas say. */
export function told(body: unknown): AnyStatus {
  const read = itemStatusSchema.safeParse(body);
  if (!read.success)
    throw new Error(`no item status: ${JSON.stringify(body)}`, { cause: read.error });
  if (!documented) {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ ...openapi(), $id: 'doc' });
    documented = ajv.getSchema('doc#/components/schemas/ItemStatus');
  }
  if (documented?.(body) !== true)
    throw new Error(`not as OpenAPI says: ${JSON.stringify(documented?.errors)}`);
  return body as AnyStatus;
}

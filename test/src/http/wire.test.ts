import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../../src/domain/item.ts';
import { resultSchema } from '../../../src/domain/wire.ts';
import { openapi } from '../../../src/http/openapi.ts';

const { schemas } = (openapi() as { components: { schemas: Record<string, any> } }).components;

describe('a result on the wire', () => {
  it('is one of a kind for each outcome, in zod and in OpenAPI', () => {
    expect(resultSchema.options.map((one) => one.shape.outcome.value)).toEqual([...OUTCOMES]);
    const described = schemas['Result'] as {
      oneOf: { properties: { outcome: { const: string } } }[];
      discriminator: object;
    };
    expect(described.oneOf.map((one) => one.properties.outcome.const)).toEqual([...OUTCOMES]);
    expect(described.discriminator).toEqual({ propertyName: 'outcome' });
  });

  it('says where anything may come, and that more may come later', () => {
    const [approved] = schemas['Result'].oneOf;
    expect(approved.properties.action.properties.args.additionalProperties).toEqual({});
    expect(approved.properties.state).toEqual({ description: 'as the producer sent it' });
    expect(JSON.stringify(schemas['Result'])).not.toContain('"additionalProperties":false');
    expect(schemas['ItemStatus'].properties.result).toEqual({
      $ref: '#/components/schemas/Result',
    });
  });
});

/** The OpenAPI document, its item generated from the same schema that reads it. */
import { z } from 'zod';
import { feedbackSchema, feedbackStatusSchema } from '../domain/feedback.ts';
import { itemSchema } from '../domain/item.ts';
import { itemStatusSchema, resultSchema } from '../domain/wire.ts';

const string = { type: 'string' } as const;
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const feedbackStatus = (description: string) => ({
  description,
  ...json({ $ref: '#/components/schemas/FeedbackStatus' }),
});
const itemStatus = (description: string) => ({
  description,
  ...json({ $ref: '#/components/schemas/ItemStatus' }),
});
const id = { name: 'id', in: 'path', required: true, schema: string };
/** `limits` in the policy. */
const tooMany = {
  ...problem('More items than the policy lets this token put in'),
  headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'seconds' } },
};
const refusals = {
  401: problem('No valid token, or the API is off'),
  403: problem('The token lacks the scope'),
};

/** What is answered, by name: each refers to the others where they stand in this document. */
const ANSWERS = z.registry<{ id: string }>();
ANSWERS.add(resultSchema, { id: 'Result' });
ANSWERS.add(itemStatusSchema, { id: 'ItemStatus' });
ANSWERS.add(feedbackStatusSchema, { id: 'FeedbackStatus' });

function answers(): Record<string, object> {
  const { schemas } = z.toJSONSchema(ANSWERS, {
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      // A later release may tell more: what reads an answer must not mind.
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      // The format says it.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _dialect, $id: _address, ...schema }]) => [
      name,
      name === 'Result' ? { ...schema, discriminator: { propertyName: 'outcome' } } : schema,
    ]),
  );
}

/** A schema as it stands in this document under `name`: its own definitions are referred to from there. */
function inPlace(name: 'Item' | 'Feedback', schema: z.ZodType): object {
  const text = JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  const written = JSON.parse(
    text.replaceAll('"$ref":"#/$defs/', `"$ref":"#/components/schemas/${name}/$defs/`),
  ) as object;
  return {
    ...written,
    description: name === 'Item' ? ABSENT : 'null in an optional field counts as absent.',
  };
}

const ABSENT =
  'In an optional field null counts as absent, and so does an empty text; not in `state` or free objects, which stay to the letter.';

/** OpenAPI 3.1. */
export function openapi(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'HITL Pager',
      version: '1',
      description: 'AI systems put in what they are unsure of; human experts decide in Slack.',
    },
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Item: inPlace('Item', itemSchema),
        ...answers(),
        Feedback: inPlace('Feedback', feedbackSchema),
        Problem: {
          type: 'object',
          required: ['title', 'status', 'detail'],
          properties: {
            type: string,
            title: string,
            status: { type: 'integer' },
            detail: string,
            errors: {
              type: 'array',
              items: { type: 'object', properties: { field: string, problem: string } },
            },
          },
        },
      },
    },
    security: [{ bearer: [] }],
    paths: {
      '/v1/items': {
        post: {
          summary: 'Put an item in',
          requestBody: { required: true, ...json({ $ref: '#/components/schemas/Item' }) },
          responses: {
            202: itemStatus('Accepted'),
            200: itemStatus('Known already, with the same body: what came of it'),
            400: problem('Not an item: each bad field is named'),
            409: problem('The id is taken: by another body, or by another producer'),
            429: tooMany,
            413: problem('Larger than 256 KiB'),
            ...refusals,
          },
        },
      },
      '/v1/items/{id}': {
        get: {
          summary: 'How an item stands; waits for its end where asked to',
          parameters: [
            id,
            {
              name: 'wait',
              in: 'query',
              schema: { type: 'number', minimum: 0, maximum: 60 },
              description: 'seconds',
            },
          ],
          responses: {
            200: itemStatus('As it stands'),
            404: problem('No such item that this token reaches'),
            ...refusals,
          },
        },
      },
      '/v1/items/{id}/info': {
        post: {
          summary: 'Answers what an expert asked back (webhook item.info_requested)',
          parameters: [id],
          requestBody: {
            required: true,
            ...json({
              type: 'object',
              required: ['answer'],
              properties: { answer: { type: 'string', minLength: 1, maxLength: 5000 } },
            }),
          },
          responses: {
            200: itemStatus('Shown to the experts; the clocks go on'),
            400: problem('Not an answer'),
            404: problem('No such item that this token reaches'),
            409: problem('Nothing is asked, or it was answered before'),
            ...refusals,
          },
        },
      },
      '/v1/items/{id}/cancel': {
        post: {
          summary: 'The answer is no longer needed',
          parameters: [id],
          responses: {
            200: itemStatus('Cancelled, or decided before: see result'),
            404: problem('No such item that this token reaches'),
            ...refusals,
          },
        },
      },
      '/v1/items/{id}/feedback': {
        post: {
          summary: 'What turned out later: recorded beside the decision, never instead of it',
          parameters: [id],
          requestBody: { required: true, ...json({ $ref: '#/components/schemas/Feedback' }) },
          responses: {
            201: feedbackStatus('Recorded'),
            200: feedbackStatus('Known already: nothing happened twice'),
            400: problem('Not feedback: each bad field is named'),
            404: problem('No such item that this token reaches'),
            409: problem('The item is not decided yet'),
            413: problem('Larger than 256 KiB'),
            ...refusals,
          },
        },
      },
      '/v1/oncall/{rotation}.ics': {
        get: {
          summary: 'Who is on call, for calendars that subscribe: two weeks back, 90 days ahead',
          description: '`hitl oncall link ROTATION` prints the address with its token.',
          security: [],
          parameters: [
            { name: 'rotation', in: 'path', required: true, schema: string },
            { name: 'token', in: 'query', required: true, schema: string },
          ],
          responses: {
            200: { description: 'RFC 5545', content: { 'text/calendar': { schema: string } } },
            401: problem('Not the link of this calendar'),
            404: problem('The rotation is not in the policy any more'),
          },
        },
      },
    },
  };
}

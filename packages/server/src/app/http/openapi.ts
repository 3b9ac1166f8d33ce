// The machine description of the API (OpenAPI 3.1, from the same zod schemas that check it) and its pages for people,
// served from the installation: no other host is asked for anything.
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { cookieName } from './cookies.js';

const DESCRIPTION = `Compares seized files across exhibits, cases and agencies, and shows what connects.

Errors are \`application/problem+json\` with a code of the catalogue. Lists come in pages: pass \`next\` back as \`cursor\`.
What is not shared with you does not exist for you: its id answers like one that nobody has.`;

const transform = createJsonSchemaTransform({ skipList: ['/docs', '/docs/*', '/*', '/'] });

export const describeApi = async (app: FastifyInstance, config: Parameters<typeof cookieName>[1]): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Redthread', version: '1', description: DESCRIPTION, license: { name: 'Apache-2.0' } },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: cookieName('session', config) },
          apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: rt_…' },
        },
      },
      security: [{ session: [] }, { apiKey: [] }],
    },
    transform,
    transformObject: jsonSchemaTransformObject,
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    // Its own content policy would name other hosts; ours holds here as well.
    staticCSP: false,
    uiConfig: { docExpansion: 'list', deepLinking: true, tryItOutEnabled: false, validatorUrl: null },
  });
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
};

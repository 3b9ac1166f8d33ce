// Serves the built web application: hashed assets for ever, its one page for every address that it routes itself, and a
// page that says how to build it where it is not.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Redthread</title>
<h1>The web application is not built</h1>
<p>The API answers all the same: see <a href="/docs">/docs</a>. To build the pages, type in the folder of the program:</p>
<pre>npm run build</pre>
<p>and load this address again; the server need not be restarted.</p>
</html>
`;

/** Registers the assets under `folder`, and answers the handler for addresses that nothing else serves. */
export const serveWebPages = async (
  app: FastifyInstance,
  folder: string,
): Promise<(request: FastifyRequest, reply: FastifyReply) => FastifyReply | null> => {
  await app.register(fastifyStatic, {
    root: folder,
    serve: false,
    cacheControl: false,
    dotfiles: 'deny',
  });
  app.get('/assets/*', { schema: { hide: true } }, (request, reply) => {
    // Their names hold a hash of what is in them.
    reply.header('cache-control', 'public, max-age=31536000, immutable');
    return reply.sendFile(`assets/${(request.params as { '*': string })['*']}`);
  });
  return (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    const wantsPage = request.method === 'GET' || request.method === 'HEAD';
    if (!wantsPage || path.startsWith('/api/') || path.startsWith('/assets/')) return null;
    if (!existsSync(join(folder, 'index.html'))) return reply.type('text/html; charset=utf-8').send(NOT_BUILT);
    reply.header('cache-control', 'no-cache');
    const file = path.slice(1);
    const isFile = /^[\w-]+(\.[\w-]+)+$/.test(file) && existsSync(join(folder, file));
    return reply.sendFile(isFile ? file : 'index.html');
  };
};

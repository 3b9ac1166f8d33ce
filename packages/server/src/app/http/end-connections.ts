// Browsers keep connections open. Where the server speaks HTTP/2 it ends each of them when it is told to end, as soon as the answers under way
// are given: neither Node nor fastify does so for a server that takes HTTP/1.1 beside it.
import type { Http2SecureServer, Http2ServerRequest, Http2ServerResponse, ServerHttp2Session } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { FastifyInstance } from 'fastify';

export const endConnectionsOnClose = (app: FastifyInstance): void => {
  const server = app.server as unknown as Http2SecureServer;
  const sessions = new Set<ServerHttp2Session>();
  /** Connections of HTTP/1.1 that nothing is asked by now. */
  const idle = new Set<Duplex>();
  let isEnding = false;

  server.on('session', (session) => {
    // Of a connection that was accepted just before.
    if (isEnding) return session.close();
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  server.on('secureConnection', (socket: TLSSocket) => {
    if (socket.alpnProtocol === 'h2') return;
    if (isEnding) return void socket.destroy();
    idle.add(socket);
    socket.once('close', () => idle.delete(socket));
  });
  server.on('request', (request: Http2ServerRequest, response: Http2ServerResponse) => {
    if (request.httpVersionMajor !== 1) return;
    const { socket } = request;
    idle.delete(socket);
    response.once('close', () => {
      if (isEnding) socket.destroy();
      else if (!socket.destroyed) idle.add(socket);
    });
  });
  app.addHook('preClose', async () => {
    isEnding = true;
    for (const session of sessions) session.close();
    for (const socket of idle) socket.destroy();
  });
};

// No route of the API can forget its audit event: without one it does not register.
import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../store/index.js';
import { auditRequests } from './audit-hook.js';

describe('auditRequests', () => {
  const server = () => {
    const app = Fastify();
    auditRequests(app, {} as Store);
    return app;
  };

  it('refuses a route of the API that declares no event and no reason for none', () => {
    expect(() => server().get('/api/v1/secrets', async () => 'x')).toThrow(/declares/);
    expect(() => server().get('/api/v1/secrets', { config: { access: 'read' } }, async () => 'x')).toThrow(/declares/);
    expect(() => server().get('/api/v1/secrets', { config: { audit: { view: 'x' } } }, async () => 'x')).toThrow(
      /declares/,
    );
  });

  it('takes one that does, and leaves other addresses alone', () => {
    const app = server();
    app.get('/healthz', async () => 'x');
    app.get('/api/v1/things', { config: { access: 'read', audit: { view: 'things' } } }, async () => 'x');
    expect(app.hasRoute({ method: 'GET', url: '/api/v1/things' })).toBe(true);
  });
});

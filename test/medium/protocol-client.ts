// A sender as the protocol of remote ingests describes it, call by call, for the tests of that protocol.
import { createHash, randomBytes } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { expect } from 'vitest';
import { encodePack } from '@redthread/core/contract';
import { hashSecret, newSecret } from '../../packages/server/src/features/accounts/secrets.js';
import type { ApiFixture } from './api-fixture.js';
import type { Person } from './api-world.js';

export const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
export const hex = (bytes: Uint8Array): string => sha256(bytes).toString('hex');

export interface Client {
  call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<LightMyRequestResponse>;
  bytes(
    method: 'POST' | 'PUT',
    path: string,
    body: Uint8Array,
    digest?: Uint8Array | null,
  ): Promise<LightMyRequestResponse>;
}

/** With an API key of its own. */
export const clientWith = async (api: ApiFixture, person: Person, scopes = ['ingest', 'read']): Promise<Client> => {
  const { secret } = newSecret('rt_');
  await api.store.owner
    .insertInto('api_keys')
    .values({
      agency_id: person.agencyId,
      user_id: person.id,
      name: 'sender',
      key_hash: hashSecret(secret),
      scopes,
      expires_at: new Date(Date.now() + 3_600_000),
    })
    .execute();
  const authorization = `Bearer ${secret}`;
  return {
    call: (method, path, body) =>
      api.http.inject({
        method,
        url: `/api/v1${path}`,
        headers: { authorization },
        ...(body === undefined ? {} : { payload: body }),
      }),
    bytes: (method, path, body, digest = sha256(body)) =>
      api.http.inject({
        method,
        url: `/api/v1${path}`,
        headers: {
          authorization,
          'content-type': 'application/octet-stream',
          ...(digest === null ? {} : { 'content-digest': `sha-256=:${Buffer.from(digest).toString('base64')}:` }),
        },
        payload: Buffer.from(body),
      }),
  };
};

let exhibits = 0;
export const sender = (): string => randomBytes(24).toString('base64url');
/** Begins an exhibit of case A-1. */
export const open = async (client: Client, more: object = {}): Promise<{ id: string; exhibitId: string }> => {
  const answer = await client.call('POST', '/ingests', {
    case: 'A-1',
    exhibit: String((exhibits += 1)),
    source: { kind: 'folder', name: 'laptop-7:/mnt/seized' },
    sender: sender(),
    ...more,
  });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
};
export const entry = (path: string, bytes: Uint8Array) => ({
  path,
  content: { sha256: hex(bytes), sizeBytes: bytes.length },
});
export const pack = (...contents: Uint8Array[]): Uint8Array =>
  encodePack(contents.map((bytes) => ({ sha256: sha256(bytes), bytes })));
export const codeOf = (answer: LightMyRequestResponse): string => (answer.json() as { code: string }).code;

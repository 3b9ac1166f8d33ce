// An authenticator app set up for somebody, for the tests.
import { expect } from 'vitest';
import { codeAt } from '../../packages/server/src/features/accounts/second-factors/totp.js';
import type { Store } from '../../packages/server/src/store/index.js';
import type { Client } from './api-fixture.js';

/** The secret as an app keeps it, from base32. */
const keyOf = (base32: string): Buffer => {
  const bits = [...base32].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => parseInt(byte, 2)));
};

export interface EnrolledApp {
  code(): Promise<string>;
  /** Of recovery. */
  readonly codes: string[];
}

/** Codes of one app, each of a later step: no code counts twice, and tests do not wait half a minute. */
export const enrolApp = async ({ owner }: Pick<Store<'owner'>, 'owner'>, client: Client): Promise<EnrolledApp> => {
  const begun = (await client.send('POST', '/api/v1/me/second-factors/totp', { name: 'telephone' })).json<{
    id: string;
    secret: string;
  }>();
  const key = keyOf(begun.secret);
  const code = async (): Promise<string> => {
    await owner.updateTable('second_factors').set({ last_step: 0 }).where('id', '=', begun.id).execute();
    return codeAt(key, Date.now());
  };
  const confirmed = await client.send('POST', `/api/v1/me/second-factors/totp/${begun.id}/confirm`, {
    code: await code(),
  });
  expect(confirmed.statusCode, confirmed.body).toBe(200);
  return { code, codes: confirmed.json<{ recoveryCodes: string[] }>().recoveryCodes };
};

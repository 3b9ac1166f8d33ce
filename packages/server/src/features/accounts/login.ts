// Signing the command line in: to the local store, or to a server, whose API key is then kept in a private file.
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { ApiKeyCreated, Me } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';

const KEY_DAYS = 30;

export const credentialsFile = (): string =>
  join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'redthread', 'credentials.json');

/** API keys by server, readable by their owner only. */
const storeKey = async (server: string, key: string): Promise<string> => {
  const file = credentialsFile();
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const known = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as Record<string, string>,
    () => ({}),
  );
  await writeFile(file, `${JSON.stringify({ ...known, [server]: key }, null, 2)}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
  return file;
};

const ask = async (server: string, path: string, init: RequestInit): Promise<Response> => {
  const answer = await fetch(new URL(`/api/v1${path}`, server), init).catch((error: unknown) => {
    throw fail('NOT_FOUND', `${server} does not answer`, { cause: error });
  });
  if (answer.status === 401) throw fail('SIGN_IN_FAILED', `at ${server}`);
  if (!answer.ok)
    throw fail('FORBIDDEN', `${server} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  return answer;
};

export interface ServerLogin {
  readonly me: Me;
  readonly file: string;
}

/** Errors: SIGN_IN_FAILED, NOT_FOUND for a server that does not answer, FORBIDDEN. */
export const loginWithKey = async (server: string, key: string): Promise<ServerLogin> => {
  const answer = await ask(server, '/me', { headers: { authorization: `Bearer ${key}` } });
  return { me: Me.parse(await answer.json()), file: await storeKey(server, key) };
};

/** Signs in once, makes a key for this machine, and signs out again. */
export const loginWithPassword = async (server: string, login: string, password: string): Promise<ServerLogin> => {
  const json = { 'content-type': 'application/json' };
  const session = await ask(server, '/session', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ login, password }),
  });
  const cookie = session.headers
    .getSetCookie()
    .map((one) => one.split(';', 1)[0])
    .join('; ');
  const body = JSON.stringify({
    name: `command line on ${hostname()}`.slice(0, 80),
    scopes: ['read', 'write'],
    days: KEY_DAYS,
  });
  const made = await ask(server, '/api-keys', { method: 'POST', headers: { ...json, cookie }, body });
  const { secret } = ApiKeyCreated.parse(await made.json());
  await ask(server, '/session', { method: 'DELETE', headers: { cookie } });
  return loginWithKey(server, secret);
};

// Browsers that sign in at the provider of the tests, from the first request to the session.
import { expect } from 'vitest';
import { clientOf, type ApiFixture } from './api-fixture.js';
import { cookiesOf, type Answer, type ProviderWorld } from './provider-world.js';

const HOST = 'localhost:4480';
export const REDIRECT = `http://${HOST}/sign-in/provider`;

interface Here {
  readonly api: ApiFixture;
  readonly world: ProviderWorld;
  /** Its id. */
  readonly provider: string;
}

export const browserAt = (here: () => Here) => {
  const post = (url: string, payload: object, cookies: Record<string, string> = {}, http = here().api.http) =>
    http.inject({ method: 'POST', url: `/api/v1${url}`, payload, cookies, headers: { host: HOST } });

  const begin = async () => {
    const answer = await post('/session/provider', { provider: here().provider });
    expect(answer.statusCode, answer.body).toBe(200);
    return { address: answer.json<{ address: string }>().address, cookies: cookiesOf(answer) };
  };

  const comeBack = async (subject: string | null) => {
    const { address, cookies } = await begin();
    return { answer: await here().world.browse(address, subject), cookies };
  };

  const signIn = async (subject: string | null): Promise<Answer> => {
    const { answer, cookies } = await comeBack(subject);
    return post('/session/provider/answer', { answer }, cookies);
  };

  const signedIn = async (subject: string) => {
    const answer = await signIn(subject);
    expect(answer.statusCode, answer.body).toBe(200);
    return {
      me: answer.json<{ login: string; roles: string[] }>(),
      cookies: cookiesOf(answer),
      ...clientOf(here().api.http, { cookies: cookiesOf(answer) }),
    };
  };

  return { post, begin, comeBack, signIn, signedIn };
};

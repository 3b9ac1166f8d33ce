// What is said with a provider (OpenID Connect Core 1.0, authorization code with PKCE, RFC 7636) through its library: where people are sent, and
// whether what they come back with holds. Every signature is checked, though the token comes straight from the provider.
import * as oidc from 'openid-client';
import { fail, isRedthreadError, saying, type RedthreadError } from '@redthread/core/errors';
import type { ProviderRow } from './queries.js';

/** What a person is sent away with, and has to come back for. */
export interface Question {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly redirectUri: string;
}

/** What the provider vouches for. */
export interface Claims {
  readonly subject: string;
  readonly groups: readonly string[];
  readonly login: string | null;
  readonly name: string | null;
  readonly acr: string | null;
  readonly amr: readonly string[];
  readonly authTimeS: number | null;
}

export type ProviderSettings = Pick<ProviderRow, 'issuer' | 'client_id' | 'scope' | 'groups_claim' | 'factor_acr'>;

const TIMEOUT_S = 10;
/** Between two clocks that are set by the network. */
const CLOCK_TOLERANCE_S = 120;

/** What the provider says of itself. Errors: PROVIDER_UNREACHABLE, PROVIDER_REFUSED. */
export const discover = ({ issuer, client_id }: ProviderSettings, secret: string | null): Promise<oidc.Configuration> =>
  inOurWords(async () => {
    const address = new URL(issuer);
    const found = await oidc.discovery(
      address,
      client_id,
      { [oidc.clockTolerance]: CLOCK_TOLERANCE_S },
      secret === null ? oidc.None() : oidc.ClientSecretBasic(secret),
      { timeout: TIMEOUT_S, execute: address.protocol === 'http:' ? [oidc.allowInsecureRequests] : [] },
    );
    if (found.serverMetadata().issuer !== issuer)
      throw fail('PROVIDER_REFUSED', saying`it calls itself ${found.serverMetadata().issuer}`);
    oidc.enableNonRepudiationChecks(found);
    return found;
  });

/** The address that the browser is sent to; `afresh`: the provider asks the person again, whoever sits there. */
export const question = async (
  client: oidc.Configuration,
  { scope, factor_acr }: ProviderSettings,
  redirectUri: string,
  afresh: boolean,
): Promise<{ readonly address: string; readonly question: Question }> => {
  const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
  const address = oidc.buildAuthorizationUrl(client, {
    redirect_uri: redirectUri,
    scope,
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(factor_acr.length === 0 ? {} : { acr_values: factor_acr.join(' ') }),
    ...(afresh ? { prompt: 'login', max_age: '0' } : {}),
  });
  return { address: address.href, question: { state, nonce, verifier, redirectUri } };
};

/**
 * Takes the answer with which the browser came back. Errors: PROVIDER_REFUSED for whatever is missing, forged, or for somebody else;
 * PROVIDER_CLOCK_OFF, PROVIDER_UNREACHABLE.
 */
export const takeAnswer = (
  client: oidc.Configuration,
  { groups_claim, client_id }: ProviderSettings,
  { state, nonce, verifier, redirectUri }: Question,
  answer: string,
): Promise<Claims> =>
  inOurWords(async () => {
    const url = new URL(redirectUri);
    url.search = answer;
    const tokens = await oidc.authorizationCodeGrant(client, url, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw fail('PROVIDER_REFUSED', 'there is no ID token');
    // One that was made for somebody else too may have been handed on by them.
    if ([claims.aud].flat().some((audience) => audience !== client_id))
      throw fail('PROVIDER_REFUSED', 'the ID token is meant for others too');
    const apartS = Math.round(Math.abs(Date.now() / 1000 - claims.iat));
    if (apartS > CLOCK_TOLERANCE_S)
      throw fail('PROVIDER_CLOCK_OFF', saying`they are ${Math.round(apartS / 60)} minutes apart`);
    const told =
      claims[groups_claim] === undefined && client.serverMetadata().userinfo_endpoint !== undefined
        ? await oidc.fetchUserInfo(client, tokens.access_token, claims.sub)
        : claims;
    return {
      subject: subjectOf(claims.sub),
      groups: textsOf(told[groups_claim], groups_claim),
      login: textOf(claims['preferred_username'] ?? told['preferred_username']),
      name: textOf(claims['name'] ?? told['name']),
      acr: textOf(claims['acr']),
      amr: textsOf(claims['amr'], 'amr'),
      authTimeS: typeof claims.auth_time === 'number' ? claims.auth_time : null,
    };
  });

const subjectOf = (subject: string): string => {
  if (subject === '' || subject.length > 255) throw fail('PROVIDER_REFUSED', 'the subject has no fitting length');
  return subject;
};

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** One name, or several; nothing at all is none. Errors: PROVIDER_REFUSED for what is neither. */
const textsOf = (value: unknown, claim: string): string[] => {
  if (value === undefined || value === null) return [];
  const texts: unknown[] = [value].flat();
  if (texts.length > 2_000 || !texts.every((text) => typeof text === 'string'))
    throw fail('PROVIDER_REFUSED', saying`the claim ${claim} is no list of names`);
  return texts;
};

const CLOCK = 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED';
const SILENT: readonly string[] = ['OAUTH_TIMEOUT', 'OAUTH_ABORT'];

const inOurWords = <T>(work: () => Promise<T>): Promise<T> =>
  work().catch((error: unknown) => {
    throw isRedthreadError(error) ? error : inWords(error);
  });

/** Of what came from outside only the library's own words are repeated, and the code that the provider gave. */
const inWords = (error: unknown): RedthreadError => {
  const { code, status, cause, message } = error as {
    code?: string;
    status?: number;
    cause?: unknown;
    message?: string;
  };
  const inner = (cause as { code?: string } | undefined)?.code;
  if (code === CLOCK || inner === CLOCK)
    return fail('PROVIDER_CLOCK_OFF', 'its ID token is over, or not valid yet', { cause: error });
  const isUnanswered = code === undefined && error instanceof TypeError && message === 'fetch failed';
  const isBroken = typeof status === 'number' && status >= 500;
  const isOutOfOrder = cause instanceof Response && cause.status >= 500;
  if (isUnanswered || isBroken || isOutOfOrder || SILENT.includes(code ?? ''))
    return fail('PROVIDER_UNREACHABLE', 'it did not answer, or is out of order', { cause: error });
  const said = (error as { error?: unknown }).error;
  const word = typeof said === 'string' && /^[\w.-]{1,60}$/.test(said) ? ` (${said})` : '';
  return fail('PROVIDER_REFUSED', `${message ?? 'it cannot be read'}${word}`, { cause: error });
};

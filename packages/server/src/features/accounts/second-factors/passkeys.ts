// Passkeys (WebAuthn level 3) through their library: what a browser is asked for, and whether what it gives holds. A passkey is bound to
// the name under which the application is opened; an address of digits has none.
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { isIP } from 'node:net';
import { fail, isRedthreadError, saying } from '@redthread/core/errors';
import type { FactorRow } from './queries.js';

/** Under which name passkeys are made and asked for. */
export interface Relying {
  /** Host alone (WebAuthn: RP ID). */
  readonly id: string;
  /** As browsers send it. */
  readonly origin: string;
}

/** What a request says of the address that was opened. */
export interface Opened {
  readonly protocol: string;
  readonly host: string;
}

const RP_NAME = 'Redthread';
const TIMEOUT_MS = 120_000;

/**
 * `publicUrl` where one is configured; otherwise what a browser on this machine opened, by its name alone. What the request says of its host is
 * believed for localhost only. Errors: PASSKEY_ADDRESS.
 */
export const relyingOn = (publicUrl: string | null, { protocol, host }: Opened): Relying => {
  const given = publicUrl ?? `${protocol}://${host}`;
  if (!URL.canParse(given)) throw fail('PASSKEY_ADDRESS', saying`${given} is no address`);
  const { hostname, origin } = new URL(given);
  const isNamed = isIP(hostname.replace(/^\[|\]$/g, '')) === 0;
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost');
  if (!isNamed || (!isLocal && (publicUrl === null || !origin.startsWith('https:'))))
    throw fail('PASSKEY_ADDRESS', saying`${origin} was opened`);
  return { id: hostname, origin };
};

const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64url');

/** What a browser is asked for to make one; the challenge is kept with the session. */
export const registration = async (
  relying: Relying,
  person: { readonly id: string; readonly login: string; readonly displayName: string },
  known: readonly FactorRow[],
): Promise<{ readonly options: Record<string, unknown>; readonly challenge: Buffer }> => {
  const options = await generateRegistrationOptions({
    rpName: RP_NAME,
    rpID: relying.id,
    userName: person.login,
    userDisplayName: person.displayName,
    userID: new Uint8Array(Buffer.from(person.id.replaceAll('-', ''), 'hex')),
    timeout: TIMEOUT_MS,
    attestationType: 'none',
    excludeCredentials: idsOf(known),
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'required' },
  });
  return { options: { ...options }, challenge: bytesOf(options.challenge) };
};

const idsOf = (known: readonly FactorRow[]) =>
  known.flatMap(({ credential_id, transports }) =>
    credential_id === null
      ? []
      : [{ id: credential_id.toString('base64url'), transports: transports as ('usb' | 'internal')[] }],
  );

export interface NewPasskey {
  readonly credential_id: Buffer;
  readonly public_key: Buffer;
  readonly sign_count: number;
  readonly transports: string[];
}

/** Errors: PASSKEY_REFUSED. */
export const checkRegistration = (
  relying: Relying,
  challenge: Buffer,
  response: Readonly<Record<string, unknown>>,
): Promise<NewPasskey> =>
  held(async () => {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: response as unknown as RegistrationResponseJSON,
      expectedChallenge: challenge.toString('base64url'),
      expectedOrigin: relying.origin,
      expectedRPID: relying.id,
      requireUserVerification: true,
    });
    if (!verified) throw fail('PASSKEY_REFUSED', 'what the device gave does not hold');
    const { credential } = registrationInfo;
    return {
      credential_id: bytesOf(credential.id),
      public_key: Buffer.from(credential.publicKey),
      sign_count: credential.counter,
      transports: [...(credential.transports ?? [])],
    };
  });

/** What a browser is asked to sign with one of those that are known. */
export const question = async (
  relying: Relying,
  known: readonly FactorRow[],
): Promise<{ readonly options: Record<string, unknown>; readonly challenge: Buffer }> => {
  const options = await generateAuthenticationOptions({
    rpID: relying.id,
    timeout: TIMEOUT_MS,
    allowCredentials: idsOf(known),
    userVerification: 'required',
  });
  return { options: { ...options }, challenge: bytesOf(options.challenge) };
};

/** The passkey that signed and how often it has, by its own count. Errors: PASSKEY_REFUSED. */
export const checkAnswer = (
  relying: Relying,
  challenge: Buffer,
  known: readonly FactorRow[],
  response: Readonly<Record<string, unknown>>,
): Promise<{ readonly id: string; readonly signCount: number }> =>
  held(async () => {
    const id = String(response['id']);
    const used = known.find(({ credential_id }) => credential_id?.toString('base64url') === id);
    if (used === undefined || used.public_key === null)
      throw fail('PASSKEY_REFUSED', 'this passkey is not one of yours');
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: response as unknown as AuthenticationResponseJSON,
      expectedChallenge: challenge.toString('base64url'),
      expectedOrigin: relying.origin,
      expectedRPID: relying.id,
      requireUserVerification: true,
      credential: { id, publicKey: new Uint8Array(used.public_key), counter: used.sign_count },
    });
    if (!verified) throw fail('PASSKEY_REFUSED', 'what the device signed does not hold');
    return { id: used.id, signCount: authenticationInfo.newCounter };
  });

/** The library says by exceptions what does not hold. */
const held = <T>(check: () => Promise<T>): Promise<T> =>
  check().catch((error: unknown) => {
    if (isRedthreadError(error)) throw error;
    throw fail('PASSKEY_REFUSED', error instanceof Error ? error.message : 'it could not be read', { cause: error });
  });

// What proves a person beyond the password, and their sessions, as the API shows them.
import { z } from 'zod';
import { Id, Instant, words } from './primitives.js';

export const FACTOR_KINDS = ['totp', 'passkey'] as const;
/** What can prove somebody: a code of an app, a passkey, a recovery code, the provider; the password where there is nothing else. */
export const PROOF_WAYS = ['totp', 'passkey', 'recovery', 'password', 'provider'] as const;
export type ProofWay = (typeof PROOF_WAYS)[number];

/** The answer to a right password that is not enough: what is still asked for, or that a second factor has to be set up. */
export const SecondStep = z.object({ stage: z.enum(['second-factor', 'enrol']), ways: z.array(z.enum(PROOF_WAYS)) });
export type SecondStep = z.infer<typeof SecondStep>;

/** What a browser gives and takes (WebAuthn level 3, JSON forms); the library reads it. */
export const WebAuthnJson = z.record(z.string(), z.unknown());

export const Proof = z.discriminatedUnion('way', [
  z.object({ way: z.literal('totp'), code: z.string().regex(/^\d{6}$/) }),
  z.object({ way: z.literal('recovery'), code: z.string().min(8).max(40) }),
  z.object({ way: z.literal('passkey'), response: WebAuthnJson }),
  z.object({ way: z.literal('password'), password: z.string().min(1).max(1000) }),
]);
export type Proof = z.infer<typeof Proof>;

export const SecondFactor = z.object({
  id: Id,
  kind: z.enum(FACTOR_KINDS),
  name: z.string(),
  createdAt: Instant,
  usedAt: Instant.nullable(),
});
export type SecondFactor = z.infer<typeof SecondFactor>;

export const SecondFactors = z.object({
  items: z.array(SecondFactor),
  recoveryCodesLeft: z.number().int(),
  /** Whether the agency demands one. */
  demanded: z.boolean(),
  /** What a proof can be made with now. */
  ways: z.array(z.enum(PROOF_WAYS)),
});
export type SecondFactors = z.infer<typeof SecondFactors>;

export const TotpBegun = z.object({
  id: Id,
  /** Base32, for typing. */
  secret: z.string(),
  /** `otpauth://` address, for the camera of the app. */
  address: z.string(),
});
export const FactorName = z.object({ name: words(80) });
export const TotpConfirm = z.object({ code: z.string().regex(/^\d{6}$/) });
export const PasskeyAdd = z.object({ name: words(80), response: WebAuthnJson });

/** Recovery codes come once, with the first factor or when they are asked for. */
export const FactorAdded = z.object({ recoveryCodes: z.array(z.string()).nullable() });
export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });

export const Session = z.object({
  id: Id,
  current: z.boolean(),
  createdAt: Instant,
  seenAt: Instant,
  expiresAt: Instant,
  address: z.string().nullable(),
  /** What the browser calls itself. */
  agent: z.string().nullable(),
  /** The provider that let them in; null: a password did. */
  provider: z.string().nullable(),
});
export type Session = z.infer<typeof Session>;

export const SignInRule = z.object({ secondFactor: z.boolean() });

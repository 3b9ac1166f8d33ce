// Signing in at a provider of the agency's own (OpenID Connect), as the API shows and takes it.
import { z } from 'zod';
import { Id, Instant, Role, words } from './primitives.js';

const claimWords = z.array(words(200)).max(50);

/** Which roles a group of the provider gives. */
export const RolesByGroup = z.record(words(200), z.array(Role).min(1));
export type RolesByGroup = z.infer<typeof RolesByGroup>;

const Settings = {
  name: words(80),
  issuer: z.string().max(500),
  clientId: words(200),
  /** What is asked for; `openid` is among it. */
  scope: words(200),
  /** Which claim names the groups of a person. */
  groupsClaim: words(200),
  roles: RolesByGroup,
  /** What the provider must say of how it proved somebody for that to count as a second factor; nothing: it never does. */
  secondFactor: z.object({ acr: claimWords, amr: claimWords }),
  /** Whether somebody whom a group lets in gets an account by signing in. */
  addsPeople: z.boolean(),
};

export const SignInProvider = z.object({
  id: Id,
  ...Settings,
  hasSecret: z.boolean(),
  /** What the provider has to know as the address to come back to; null where none is configured. */
  redirectUri: z.string().nullable(),
  /** People of the agency who are known by it. */
  people: z.number().int(),
  setLogin: z.string(),
  setAt: Instant,
});
export type SignInProvider = z.infer<typeof SignInProvider>;

export const SignInProviderState = z.object({ provider: SignInProvider.nullable() });

export const SignInProviderSet = z.object({
  ...Settings,
  scope: Settings.scope.default('openid profile'),
  groupsClaim: Settings.groupsClaim.default('groups'),
  secondFactor: Settings.secondFactor.default({ acr: [], amr: [] }),
  addsPeople: Settings.addsPeople.default(true),
  /** Left out: the one before stays. Null: there is none, and the code is bound by PKCE alone. */
  clientSecret: z.string().min(1).max(1000).nullable().optional(),
});
export type SignInProviderSet = z.infer<typeof SignInProviderSet>;

/** What the page of signing in offers. */
export const ProviderOffer = z.object({ id: Id, name: z.string() });
export type ProviderOffer = z.infer<typeof ProviderOffer>;

export const ProviderBegin = z.object({ provider: Id });
/** Where the browser goes next. */
export const ProviderAddress = z.object({ address: z.string() });
/** What stood behind the `?` of the address that the provider sent the browser back to. */
export const ProviderAnswer = z.object({ answer: z.string().max(8000) });

/** Who somebody is for the provider; null: nobody any more. */
export const ProviderSubject = z.object({ subject: words(255).nullable() });

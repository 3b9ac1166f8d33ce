// Names of schemes and codes: a code is never a bare number, for 1 means something else in every scheme.
import { Code, CodeName, SchemeName } from '../contract/schemes.js';
import { fail } from '../errors/index.js';

export interface CodeParts {
  /** `scheme@version`. */
  readonly scheme: string;
  readonly code: string;
}

export const nameOf = ({ id, version }: { readonly id: string; readonly version: string }): string =>
  `${id}@${version}`;

export const codeName = ({ scheme, code }: CodeParts): string => `${scheme}:${code}`;

/** `vic-us@2.0:1` in its parts. Errors: CODE_BARE for a code without its scheme and version, or for anything else. */
export const readCodeName = (text: string): CodeParts => {
  if (!CodeName.safeParse(text).success) {
    const parts = Code.safeParse(text).success ? 'a code alone' : 'not a scheme, a version and a code';
    throw fail('CODE_BARE', `${text}: ${parts}`, { pointer: '/code' });
  }
  const colon = text.indexOf(':');
  return { scheme: text.slice(0, colon), code: text.slice(colon + 1) };
};

/** Whether it names a scheme with its version. */
export const isSchemeName = (text: string): boolean => SchemeName.safeParse(text).success;

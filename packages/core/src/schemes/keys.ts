// The number keys by which codes are given: the number itself where every code of the scheme is one, otherwise its place.
import { CANNOT_SAY, type Scheme } from '../contract/schemes.js';

export interface CodeKey {
  readonly key: string;
  readonly code: string;
}

const CANNOT_SAY_KEY = 'x';
const MOST = 9;

/** Codes beyond the ninth have no key. */
export const codeKeys = ({ codes }: Pick<Scheme, 'codes'>): CodeKey[] => {
  const numbers = codes.every(({ code }) => /^[0-9]$/.test(code));
  return [
    ...codes
      .slice(0, numbers ? codes.length : MOST)
      .map(({ code }, at) => ({ key: numbers ? code : String(at + 1), code })),
    { key: CANNOT_SAY_KEY, code: CANNOT_SAY },
  ];
};

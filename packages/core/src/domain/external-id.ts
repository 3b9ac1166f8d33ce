// Numbers that others gave: issuer, type, value. A type that is known has an issuer of its own and a form that is checked; of any other
// type the issuer has to be named, and the value is data as it was written. Nothing is guessed, and ids of two issuers never meet.

export interface ExternalId {
  readonly issuer: string;
  readonly type: string;
  readonly value: string;
}

interface KnownType {
  readonly issuer: string;
  /** What is written, without what people put in between; null where it is not of this form. */
  readonly read: (value: string) => string | null;
}

const IMEI_DIGITS = 15;
const bare = (value: string): string => value.replace(/[\s().-]/g, '');

/** ISO/IEC 7812-1, annex B (Luhn). */
const hasCheckDigit = (digits: string): boolean => {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 1 : 2);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
};

export const KNOWN_ID_TYPES: Readonly<Record<string, KnownType>> = {
  'icse-series': { issuer: 'INTERPOL', read: (value) => value },
  'phone-number': { issuer: 'ITU', read: (value) => (/^\+[1-9]\d{6,14}$/.test(bare(value)) ? bare(value) : null) },
  imei: {
    issuer: 'GSMA',
    read: (value) =>
      new RegExp(`^\\d{${IMEI_DIGITS}}$`).test(bare(value)) && hasCheckDigit(bare(value)) ? bare(value) : null,
  },
};

export type ReadId = { readonly id: ExternalId } | { readonly refused: string };

/** What is kept of an id, or why it is refused. */
export const readExternalId = (issuer: string | undefined, type: string, value: string): ReadId => {
  const text = value.normalize('NFC').trim();
  const known = Object.hasOwn(KNOWN_ID_TYPES, type) ? KNOWN_ID_TYPES[type] : undefined;
  if (known === undefined)
    return issuer === undefined
      ? {
          refused: `"${type}" is no type that is known here (${Object.keys(KNOWN_ID_TYPES).join(', ')}): name its issuer`,
        }
      : { id: { issuer: issuer.normalize('NFC').trim(), type, value: text } };
  if (issuer !== undefined && issuer !== known.issuer) return { refused: `${type} is issued by ${known.issuer}` };
  const read = known.read(text);
  return read === null ? { refused: `"${text}" is no ${type}` } : { id: { issuer: known.issuer, type, value: read } };
};

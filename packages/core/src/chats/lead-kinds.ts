/** Identifiers that a text can name. They are leads: found by their shape, never opened and never resolved. */
export const LEAD_KINDS = [
  'phone',
  'email',
  'handle',
  'url',
  'onion',
  'invitation',
  'coin-address',
  'iban',
  'gps',
] as const;
export type LeadKind = (typeof LEAD_KINDS)[number];

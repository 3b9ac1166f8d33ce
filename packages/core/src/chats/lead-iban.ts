// International bank account numbers: ISO 13616 lengths by country, check digits by ISO 7064 (mod 97).

const LENGTHS = new Map(
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
);

/** The number at the start of a text, without spaces, and how many characters of the text it takes; null where none is there. */
export const ibanAt = (text: string): { readonly normal: string; readonly length: number } | null => {
  const length = LENGTHS.get(text.slice(0, 2));
  if (length === undefined) return null;
  let normal = '';
  let at = 0;
  for (; at < text.length && normal.length < length; at++) if (!/[ \u00a0-]/.test(text[at]!)) normal += text[at]!;
  if (normal.length < length || /[A-Za-z0-9]/.test(text[at] ?? '')) return null;
  let rest = 0;
  for (const character of normal.slice(4) + normal.slice(0, 4))
    for (const digit of String(parseInt(character, 36))) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1 ? { normal, length: at } : null;
};

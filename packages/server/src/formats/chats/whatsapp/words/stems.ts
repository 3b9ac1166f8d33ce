// Stems of words that tell what a notice is about, in any of the languages: for wordings that are not known whole. The first that fits counts.
import type { ChatEventType } from '@redthread/core/chats';

const anyOf = (words: string): RegExp =>
  new RegExp(
    words
      .trim()
      .split(/\s*\n\s*|\s*\|\s*/)
      .join('|'),
    'u',
  );

export const STEMS: readonly (readonly [ChatEventType, RegExp])[] = [
  [
    'encryption-notice',
    anyOf(
      `end-to-end | ende-zu-ende | extremo a extremo | bout en bout | ponta a ponta | ponta-a-ponta | uçtan uca | مشفر | تشفير | رمزگذاری | сквозн | наскрізн | kompleksowo | end to end | एंड-टू-एंड | ujung ke ujung | från ände till ände | totalsträckskrypter | integral | criptate | διατερματικ | エンドツーエンド | エンドツーエンド | 종단간 | 端对端 | 端到端 | 端對端`,
    ),
  ],
  [
    'call',
    anyOf(
      `missed | verpasst | perdida | manqué | persa | perdida | gemist | cevapsız | فائتة | пропущен | nieodebran | मिस्ड | tak terjawab | missat | ratat | pierdut | αναπάντητ | 不在着信 | 부재중 | 未接`,
    ),
  ],
  [
    'number-changed',
    anyOf(
      `phone number | telefonnummer | handynummer | número de teléfono | numéro de téléphone | numero di telefono | número de telefone | telefoonnummer | telefon numara | رقم هاتف | номер телефон | номер | numer telefonu | numer | फ़ोन नंबर | फोन नंबर | nomor telepon | nomor | numărul de telefon | αριθμό τηλεφώνου | 電話番号 | 전화번호 | 手机号 | 电话号码 | 電話號碼`,
    ),
  ],
];

// Files that are no pictures: notes, price lists, a chat text, a small PDF, and files that are broken.
import type { Random } from '../random/random.js';
import { CARD_WORDS, cardLine, contact, sentence, stampLine, STAMP_WORDS, TOWNS } from '../text/words.js';
import type { FileKind } from '../truth/truth.js';

export interface Paper {
  readonly name: string;
  readonly kind: FileKind;
  readonly data: Buffer;
}

export interface Spoiled {
  /** What is wrong with it. */
  readonly fault: string;
  readonly data: Buffer;
}

const note = (random: Random): Paper => ({
  name: `${random.pick(['notes', 'list', 'to swap', 'lista', 'ruillijst'])}.txt`,
  kind: 'text',
  data: Buffer.from(
    `${Array.from({ length: random.int(4, 18) }, () => `- ${random.chance(0.5) ? stampLine(random) : cardLine(random)}`).join('\n')}\n${contact(random)}\n`,
    'utf8',
  ),
});

const prices = (random: Random): Paper => ({
  name: `${random.pick(['prices', 'lots', 'catalogue', 'precios'])}.csv`,
  kind: 'table',
  data: Buffer.from(
    `lot,town,description,state,coins\n${Array.from({ length: random.int(6, 40) }, (_, i) => `${i + 1},${random.pick(TOWNS)},${random.pick(CARD_WORDS)},${random.pick(STAMP_WORDS)},${random.int(2, 240)}`).join('\n')}\n`,
    'utf8',
  ),
});

const talk = (random: Random): Paper => ({
  name: 'messages.txt',
  kind: 'text',
  data: Buffer.from(
    `${Array.from({ length: random.int(10, 40) }, (_, i) => `[${String(1 + (i % 27)).padStart(2, '0')}/01/2026, ${random.int(8, 22)}:${String(random.int(0, 59)).padStart(2, '0')}] trader ${random.int(1, 6)}: ${sentence(random)}`).join('\n')}\n`,
    'utf8',
  ),
});

/** A one-page PDF with a line of text, offsets counted, so that strict readers open it. */
const letter = (random: Random): Paper => {
  const text = sentence(random).replaceAll(/[()\\]/g, '');
  const stream = `BT /F1 12 Tf 60 780 Td (${text}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const data = `${body}xref\n0 6\n0000000000 65535 f \n${table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return {
    name: `${random.pick(['letter', 'invoice', 'auction'])} ${random.int(1, 99)}.pdf`,
    kind: 'document',
    data: Buffer.from(data, 'latin1'),
  };
};

const PAPERS = [note, prices, talk, letter, note, prices] as const;

export const drawPaper = (random: Random): Paper => random.pick(PAPERS)(random);

/** Faults that a picture folder has in life; `jpeg` is a whole picture to be spoiled. */
export const spoil = (random: Random, fault: number, jpeg: Buffer): Spoiled => {
  const broken = (what: string, data: Buffer): Spoiled => ({ fault: what, data });
  switch (fault % 5) {
    case 0:
      return broken('empty', Buffer.alloc(0));
    case 1:
      return broken('truncated', jpeg.subarray(0, Math.floor(jpeg.length * random.range(0.3, 0.6))));
    case 2:
      return broken(
        'random bytes',
        Buffer.from(Array.from({ length: random.int(2000, 9000) }, () => random.int(0, 255))),
      );
    case 3:
      return broken('text named as a picture', Buffer.from(`${sentence(random)}\n`.repeat(20)));
    default:
      return broken(
        'damaged header',
        Buffer.concat([Buffer.from('\xff\xd8\xff\xe0broken', 'latin1'), jpeg.subarray(60, 4000)]),
      );
  }
};

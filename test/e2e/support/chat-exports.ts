// Exhibits with chats for the browser tests: two phones that were in one group, with clocks an hour apart, a picture that one of them lacks and that was sent on
// into another group, and an export whose dates tell nobody days from months.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { drawnRoom } from '../../support/drawn.js';

export const GROUP = 'Stamps of the coast';
export const OTHER_GROUP = 'Harbour cards';
/** In one message alone. */
export const RARE = 'watermark';
export const PICTURE = '00000012-PHOTO-2025-01-14-16-22-00.jpg';

interface Line {
  readonly author: string;
  readonly text: string;
}

const WORDS = ['anchor', 'lighthouse', 'ferry', 'mole', 'gull', 'buoy', 'quay', 'rope', 'tide', 'net', 'crane', 'pier'];
const AUTHORS = ['Otto Brandt', 'Eva', 'Joost'];
/** Before the picture, and after it: each says something of its own. */
const LINES: readonly Line[] = WORDS.flatMap((one, i) =>
  [0, 1, 2].map((n) => ({
    author: AUTHORS[(i + n) % AUTHORS.length] ?? '',
    text:
      i === 4 && n === 1
        ? `The ${RARE} of the ${one} is upside down, write to ida@stamps.example or +999 55 0142`
        : `The ${one} of number ${7 * i + n} is ${['blue', 'worn', 'rare'][n] ?? ''} in lot ${100 + 13 * i + 5 * n}`,
  })),
);
const PICTURE_AT = 12;

const two = (n: number): string => n.toString().padStart(2, '0');
/** So many minutes after ten past four on a day that has no month of its number. */
const clock = (minutes: number): readonly [date: string, time: string] => {
  const at = new Date(Date.UTC(2025, 0, 14, 16, 10 + minutes));
  return [
    `${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()}`,
    `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`,
  ];
};

const ios = (minutes: number, line: string): string => `[${clock(minutes).join(', ')}:12] ${line}`;
const android = (minutes: number, line: string): string => `${clock(minutes + 60).join(', ')} - ${line}`;

const ofFirst = (): string =>
  [
    ios(-5, `${GROUP}: \u200eMessages and calls are end-to-end encrypted. No one outside of this chat can read them.`),
    ios(-5, `Otto Brandt: \u200eOtto Brandt created this group`),
    ios(-4, `Otto Brandt: \u200eOtto Brandt added you`),
    ...LINES.flatMap(({ author, text }, i) => [
      ...(i === PICTURE_AT ? [`\u200e${ios(i, `Eva: \u200e<attached: ${PICTURE}>`)}`] : []),
      ios(i, `${author}: ${text}`),
    ]),
    `\u200e${ios(50, `Joost: \u200eJoost left`)}`,
  ].join('\n');

const ofSecond = (): string =>
  [
    android(-4, 'Messages and calls are end-to-end encrypted. No one outside of this chat can read them.'),
    ...LINES.flatMap(({ author, text }, i) => [
      ...(i === PICTURE_AT ? [android(i, 'Eva: <Media omitted>')] : []),
      android(i, `${author}: ${text}`),
    ]),
  ].join('\n');

const ofOther = (): string =>
  [
    android(200, 'Eva: Somebody showed this elsewhere'),
    android(201, 'Eva: IMG-20250114-WA0007.jpg (file attached)'),
    android(203, 'Ida: The quay again, lot 900'),
  ].join('\n');

const ambiguous = (): string =>
  [
    '03/04/21, 10:15 - Ida: The first card',
    '05/06/21, 11:20 - Nils: And the second one',
    '07/08/21, 9:05 - Ida: Both',
  ].join('\n');

/** Folders of exhibits, by who had the phone. */
export const drawChatExhibits = async (root: string): Promise<{ first: string; second: string }> => {
  const room = await drawnRoom({ seed: 'e2e-1', width: 640, height: 480 });
  const files: readonly (readonly [string, string | Buffer])[] = [
    [`first/WhatsApp Chat - ${GROUP}/_chat.txt`, ofFirst()],
    [`first/WhatsApp Chat - ${GROUP}/${PICTURE}`, room],
    [`second/WhatsApp Chat with ${GROUP}/WhatsApp Chat with ${GROUP}.txt`, ofSecond()],
    [`second/WhatsApp Chat with ${OTHER_GROUP}/WhatsApp Chat with ${OTHER_GROUP}.txt`, ofOther()],
    [
      `second/WhatsApp Chat with ${OTHER_GROUP}/IMG-20250114-WA0007.jpg`,
      await sharp(room).jpeg({ quality: 60 }).toBuffer(),
    ],
    ['second/WhatsApp Chat with Cards/WhatsApp Chat with Cards.txt', ambiguous()],
  ];
  for (const [path, bytes] of files) {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), bytes);
  }
  return { first: join(root, 'first'), second: join(root, 'second') };
};

// What hangs on a mail, and the mails of a mailbox (mbox): each mail in it is a mail, and mails that hang on mails are mails again.
import type { WalkEntry } from '../entry.js';
import { entryMaker, type Place } from '../place.js';
import { streamRange, type RandomAccess } from '../random-access.js';
import { heldContent, wholeOf } from './content.js';
import { decodedBody, partsOf, type MailPart } from './mime.js';

export const mailEntries = async function* (access: RandomAccess, place: Place): AsyncGenerator<WalkEntry> {
  const make = entryMaker(place);
  for (const part of partsOf(await wholeOf(access))) {
    if (part.name === null && /^text\/|^$/.test(part.type)) continue; // the words of the mail itself
    const bytes = decodedBody(part);
    place.budget.expand(bytes.length);
    yield make({ name: nameOf(part), sizeBytes: bytes.length, sourceTimes: [], failure: null }, heldContent(bytes));
  }
};

const nameOf = ({ name, number, type }: MailPart): string =>
  name ??
  `part ${number}.${type === 'message/rfc822' ? 'eml' : (/^[a-z]+\/(?:x-)?([a-z0-9]{1,8})/.exec(type)?.[1] ?? 'bin')}`;

const WINDOW_BYTES = 1 << 20;
const LONGEST_LINE_BYTES = 1024;

/** Mails begin with a line `From `, behind an empty one. */
export const mailboxEntries = async function* (access: RandomAccess, place: Place): AsyncGenerator<WalkEntry> {
  const make = entryMaker(place);
  let number = 0;
  let start = 0;
  const mail = (end: number): WalkEntry => {
    const from = start;
    number += 1;
    const name = `mail ${number}.eml`;
    return make(
      { name, sizeBytes: end - from, sourceTimes: [], failure: null },
      { open: async () => streamRange(access, from, end) },
    );
  };
  let isOpen = false;
  for (let at = 0; at < access.sizeBytes; at += WINDOW_BYTES) {
    // A line that begins in this window is read to its end, or as far as it matters.
    const window = await access.read(at, WINDOW_BYTES + LONGEST_LINE_BYTES);
    for (
      let found = at === 0 ? -1 : window.indexOf('\nFrom ', 0, 'latin1');
      ;
      found = window.indexOf('\nFrom ', found + 1, 'latin1')
    ) {
      if (found >= WINDOW_BYTES || (found < 0 && (at !== 0 || isOpen))) break;
      const line = found + 1;
      const isBehindEmpty =
        found < 0 || window[found - 1] === 0x0a || window.toString('latin1', Math.max(0, found - 2), found) === '\n\r';
      const feed = window.indexOf(0x0a, line);
      if (feed < 0 || !isBehindEmpty || !/^From \S+ .*\d\d:\d\d/.test(window.toString('latin1', line, feed))) {
        if (found < 0) break;
        continue;
      }
      if (isOpen) yield mail(at + line);
      isOpen = true;
      start = at + feed + 1;
    }
  }
  if (isOpen) yield mail(access.sizeBytes);
};

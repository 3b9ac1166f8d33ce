// What the demonstration says of chats: what was read, which groups both agencies hold, and where a picture was sent first.
import { EXPORTER } from '@redthread/core/chats';
import { bold, dim, thousands, thread } from '../../app/cli/table.js';
import type { ChatsReport } from './chats-check.js';

/** Nothing where there are no chats. */
export const chatLines = (report: ChatsReport, colour: boolean): string[] => {
  const { exports, messages, together, first, example } = report;
  if (exports.expected === 0) return [];
  const right = [exports, messages, together, first].every(({ expected, found }) => expected === found);
  const verdict = `truth: ${messages.found} of ${messages.expected} messages, ${together.found} of ${together.expected} groups, ${first.found} of ${first.expected} pictures that were sent on begin where they did`;
  return [
    bold(
      `chats: ${thousands(messages.found)} messages of ${thousands(exports.found)} exports; ${thousands(together.found)} groups are with several agencies`,
      colour,
    ),
    ...(example === null ? [] : exampleLines(example)),
    right ? dim(verdict, colour) : thread(verdict, colour),
  ];
};

const exampleLines = ({ later, posting }: NonNullable<ChatsReport['example']>): string[] => {
  const { author, chat, members, time } = posting;
  const own = chat.subject ?? '';
  // Whoever's phone it is writes under a name too.
  const present = members.filter(({ name }) => name !== EXPORTER).length;
  const others = later.filter((subject) => subject !== own).map((subject) => `“${subject}”`);
  return [
    `  a picture was first sent in “${own}”, by ${author?.name ?? 'nobody named'} at ${time.text} (clock of ${chat.exhibit.reference}), before ${thousands(present)} members; later in ${others.join(', ')}`,
  ];
};

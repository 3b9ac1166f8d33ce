// Two members' exports of one group among the samples that were made independently of us: which messages are the same, and how their clocks stand.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { alignChats, wallSeconds, type AlignConversation } from '@redthread/core/chats';
import { readSample } from '../../../test-support/sample-chats.js';
import { expected, FOLDER, type Json } from '../../../test-support/sample-lists.js';

const conversationOf = async (name: string): Promise<AlignConversation> => {
  const { beside, conversations } = await readSample(name);
  const { conversation, messages, people } = conversations[0]!;
  const digest = (file: string | null): string | null => {
    const bytes = file === null ? undefined : beside.get(file);
    return bytes === undefined ? null : createHash('sha256').update(bytes).digest('hex');
  };
  return {
    subjects: [conversation.subject, ...messages.map(({ event }) => event?.subject ?? null)].filter(
      (of) => of !== null,
    ),
    messages: messages.map(({ attachments, author, time: { local }, ...message }) => ({
      ...message,
      timeS: local === null ? null : wallSeconds(local),
      precisionS: local?.length === 16 ? 60 : 1,
      author: author === null ? null : people[author]!.name,
      attachments: attachments.map(({ name: file, media }) => ({ name: file, media, sha256: digest(file) })),
    })),
  };
};

describe.skipIf(FOLDER === undefined)('two exports of one group that others made', () => {
  it('are aligned message by message, clock by clock and name by name', async () => {
    const [first, second] = ['whatsapp/pair/member-1-en-GB-android.zip', 'whatsapp/pair/member-2-de-ios.zip'];
    const told = expected(first!)['same_group_as'] as Json;
    const found = alignChats(await conversationOf(first!), await conversationOf(second!));
    const pairs = (told['pairs_of_entry_numbers'] as [number | null, number | null][]).filter(
      ([a, b]) => a !== null && b !== null,
    );
    expect(found?.pairs.map(({ a, b }) => [a, b])).toEqual(pairs);
    expect(told['member2_minus_member1_clock']).toBe('+1 h');
    expect(found?.offsetS).toBeCloseTo(3600, 0);
    expect(Object.fromEntries(found!.aliases.map(({ a, b }) => [a, b]))).toEqual(told['names']);
  });
});

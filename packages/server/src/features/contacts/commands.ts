// redthread contact.
import type { Command } from 'commander';
import { Purpose, type Contact, type ContactAnswer } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import type { Io } from '../../app/cli/io.js';
import { minute } from '../../app/cli/minute.js';
import { table } from '../../app/cli/table.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { answerContact, listContacts, showContact } from './service.js';

const stands = ({ status, settled, urgent }: Contact): string =>
  settled === null
    ? `${urgent ? 'URGENT, ' : ''}${status}`
    : `${status}, ${settled.as === 'shared' ? 'shared with you now' : 'ended'} ${settled.on}`;

const lines = (contact: Contact): string[] => [
  `${contact.reference}  case ${contact.case.reference}`,
  `  agency  ${contact.agency}`,
  `  officer ${contact.officer}${contact.reachableAt === null ? '' : `, ${contact.reachableAt}`}`,
  `  grade   ${contact.grade}`,
  `  told on ${contact.toldOn}`,
  `  status  ${stands(contact)}`,
  ...(contact.answer === null
    ? []
    : [`  answer  ${contact.answer.by}, ${minute(contact.answer.at)} UTC: ${contact.answer.note}`]),
];

/** The word of the command, and what it makes of the contact. */
const ANSWERS: readonly (readonly [word: string, status: ContactAnswer['status'], what: string])[] = [
  ['acknowledge', 'acknowledged', 'say that somebody sees to it'],
  ['contacted', 'contacted', 'say that the other agency was spoken to'],
  ['close', 'closed', 'say what came of it; what is closed stays so'],
];

export const registerContactCommands = (program: Command, io: Io): void => {
  const command = program
    .command('contact')
    .description('whom to ask in other agencies that work on what your cases hold');

  command
    .command('list', { isDefault: true })
    .description('open contacts of the cases that you see, urgent ones first, then the newest')
    .option('--all', 'also those that are closed or settled')
    .option('--json', 'print JSON')
    .action(async ({ all, json }: { readonly all?: boolean; readonly json?: boolean }) => {
      const items = await withLocalSession(program, [], async (session) => {
        const answer = await listContacts(session.store, session.ctx, { all: all === true });
        await recordView(session, 'contacts', { count: answer.length });
        return answer;
      });
      if (json === true) return items.forEach((item) => io.json(item));
      if (items.length === 0) return io.note('none');
      const columns = [
        { title: 'reference' },
        { title: 'case' },
        { title: 'agency' },
        { title: 'officer' },
        { title: 'grade' },
        { title: 'told on' },
        { title: 'status' },
      ];
      const rows = items.map((item) => [
        item.reference,
        item.case.reference,
        item.agency,
        item.officer,
        item.grade,
        item.toldOn,
        stands(item),
      ]);
      table(columns, rows).forEach(io.out);
    });

  command
    .command('show <reference>')
    .description('one contact, and what was done about it')
    .option('--json', 'print JSON')
    .action(async (reference: string, { json }: { readonly json?: boolean }) => {
      const contact = await withLocalSession(program, [], async (session) => {
        const answer = await showContact(session.store, session.ctx, reference);
        await recordView(session, 'contact', { object: { kind: 'contact', id: answer.id }, count: null });
        return answer;
      });
      if (json === true) return io.json(contact);
      lines(contact).forEach(io.out);
    });

  for (const [word, status, what] of ANSWERS)
    command
      .command(`${word} <reference>`)
      .description(what)
      .requiredOption('--note <text>', 'what was done; stands in the record')
      .option('--json', 'print JSON')
      .action(async (reference: string, { note, json }: { readonly note: string; readonly json?: boolean }) => {
        if (!Purpose.safeParse(note).success)
          throw fail('ARGUMENT_INVALID', 'a note of 3 to 200 characters', { pointer: 'note' });
        const contact = await withLocalSession(program, [], ({ store, ctx }) =>
          answerContact(store, ctx, reference, { status, note }),
        );
        if (json === true) return io.json(contact);
        io.out(`${contact.reference} is ${contact.status}`);
      });
};

// redthread ask: a part of a picture with a question to other countries, what the second person says of it, and the answers.
import type { Command } from 'commander';
import { ASK_SAYS, AskAnswerCreate, AskCreate, AskRefuse, type Ask } from '@redthread/core/contract';
import { checkedInput, oneOf } from '../../app/cli/arguments.js';
import type { Io, Json } from '../../app/cli/io.js';
import { minute } from '../../app/cli/minute.js';
import { intoNewFile } from '../../app/cli/new-file.js';
import { table } from '../../app/cli/table.js';
import { withContext } from '../../store/index.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { namedCase } from '../cases/index.js';
import { mediaNamed } from '../media/index.js';
import { namedOperation } from '../operations/index.js';
import { decides, HERE, originOf, type DecideOptions } from '../requests/index.js';
import {
  addAsk,
  answerAsk,
  closeAsk,
  confirmAsk,
  listAsks,
  lookAtCrop,
  refuseAsk,
  showAsk,
  withdrawAsk,
} from './service.js';

const whom = ({ countries }: Ask): string => (countries.length === 0 ? 'all' : countries.join(' '));
const dueWords = ({ due, overdue }: Ask): string => (overdue ? `${due} late` : due);

const lines = (ask: Ask): string[] => [
  `${ask.number}  ${ask.state}  ${ask.operation.name}`,
  ...ask.question.split('\n').map((line) => `  ${line}`),
  `  asked   ${ask.by.login} of ${ask.by.agency}, ${minute(ask.at)} UTC`,
  `  whom    ${whom(ask)}`,
  `  until   ${dueWords(ask)}`,
  `  crop    ${ask.crop.widthPx} x ${ask.crop.heightPx} pixels`,
  ...(ask.own === null
    ? []
    : [
        `  from    case ${ask.own.case.reference}, media ${ask.own.mediaId}`,
        ask.own.decidedBy === null
          ? `  second  ${ask.own.second ?? 'anybody else who may'}`
          : `  decided ${ask.own.decidedBy}${ask.own.decisionReason === null ? '' : `: ${ask.own.decisionReason}`}`,
      ]),
  ...ask.answers.map(
    ({ by, agency, country, says, text, at }) =>
      `  ${minute(at)}  ${by} of ${agency} (${country}): ${says}: ${text.replaceAll('\n', '\n    ')}`,
  ),
  ...(ask.may.length === 0 ? [] : [`  you may ${ask.may.join(', ')}`]),
];

export const registerAskCommands = (program: Command, io: Io): void => {
  const command = program
    .command('ask')
    .description('ask other countries with a part of a picture that a second person has looked at');
  const tell = (ask: Ask, { json }: Json): void => (json === true ? io.json(ask) : lines(ask).forEach(io.out));

  command
    .command('list', { isDefault: true })
    .description('questions that your agency asks, and those that it is asked, newest first')
    .option('--operation <reference>', 'only of this operation')
    .option('--all', 'also those that are over')
    .option('--json', 'print JSON')
    .action(async (given: Json & { readonly operation?: string; readonly all?: boolean }) => {
      const { items } = await withLocalSession(program, [], async (session) => {
        const { store, ctx } = session;
        const { operation: reference } = given;
        const operation =
          reference === undefined
            ? undefined
            : await withContext(store.app, ctx, (trx) => namedOperation(trx, reference));
        const answer = await listAsks(store, ctx, { operation, all: given.all === true });
        await recordView(session, 'questions to countries', { count: answer.items.length });
        return answer;
      });
      if (given.json === true) return items.forEach((item) => io.json(item));
      if (items.length === 0) return io.note('no questions');
      table(
        [
          { title: 'number' },
          { title: 'until' },
          { title: 'state' },
          { title: 'by' },
          { title: 'whom' },
          { title: 'question' },
          { title: 'answers', align: 'right' },
        ],
        items.map((ask) => [
          ask.number,
          dueWords(ask),
          ask.state,
          ask.by.agency,
          whom(ask),
          ask.question.split('\n')[0] ?? '',
          String(ask.answers.length),
        ]),
      ).forEach(io.out);
    });

  command
    .command('show <number>')
    .description('one question, with the answers that you may read')
    .option('--json', 'print JSON')
    .action(async (number: string, given: Json) =>
      tell(
        await withLocalSession(program, [], async (session) => {
          const answer = await showAsk(session.store, session.ctx, number);
          await recordView(session, 'question to countries');
          return answer;
        }),
        given,
      ),
    );

  command
    .command('add <question>')
    .description('ask; a second person of your agency looks at the crop before anybody else sees it')
    .requiredOption('--operation <reference>', 'whose members are asked')
    .requiredOption('--case <reference>', 'the case of yours that the picture is from')
    .requiredOption('--media <media>', 'the picture: its id or SHA-256')
    .requiredOption(
      '--region <x,y,w,h>',
      'the crop: left,top,width,height in percent (10%) or pixels of the clear rendition',
    )
    .requiredOption('--due <date>', 'until when an answer is of use, such as 2026-12-24')
    .option('--countries <codes>', 'only these, such as PT,FR (default: all members)')
    .option('--second <login>', 'who is to confirm (default: anybody else of your agency who may)')
    .option('--json', 'print JSON')
    .action(
      async (
        question: string,
        given: Json &
          Readonly<Record<'operation' | 'case' | 'media' | 'region' | 'due', string>> & {
            readonly countries?: string;
            readonly second?: string;
          },
      ) => {
        const ask = await withLocalSession(program, [], async (session) => {
          const { store, ctx } = session;
          const { region, due, countries, second } = given;
          return addAsk(
            store,
            ctx,
            HERE,
            checkedInput(AskCreate, {
              question,
              operation: await withContext(store.app, ctx, (trx) => namedOperation(trx, given.operation)),
              case: await namedCase(session, given.case),
              media: await mediaNamed(session, given.media),
              region,
              due,
              countries: countries?.split(',').map((code) => code.trim()),
              second,
            }),
          );
        });
        tell(ask, given);
        io.note(
          `${ask.own?.second ?? 'A second person'} looks at the crop and confirms: on the page of the operation, or redthread ask crop ${ask.number} --out FILE, then redthread ask confirm ${ask.number} --shows-no-victim`,
        );
      },
    );

  command
    .command('crop <number>')
    .description('look at the crop: a JPEG without metadata, on record before it is written')
    .requiredOption('--out <file>', 'a file that is not there yet')
    .action(async (number: string, { out }: { readonly out: string }) => {
      const bytes = await withLocalSession(program, [], ({ store, ctx }) => lookAtCrop(store, ctx, number));
      await intoNewFile(out, (take) => Promise.resolve(take(bytes)));
      io.out(`${out}  ${bytes.length} bytes`);
    });

  decides(command.command('confirm <number>'))
    .description('confirm as the second person, having looked, that the crop shows no victim: it is sent')
    .requiredOption('--shows-no-victim', 'what you confirm')
    .action(async (number: string, given: DecideOptions) =>
      tell(
        await withLocalSession(program, [], async (session) =>
          confirmAsk(session.store, session.ctx, await originOf(session, given), number),
        ),
        given,
      ),
    );

  decides(command.command('refuse <number>'))
    .description('refuse as the second person')
    .requiredOption('--reason <text>', 'why')
    .action(async (number: string, given: DecideOptions & { readonly reason: string }) => {
      const { reason } = checkedInput(AskRefuse, { reason: given.reason });
      tell(
        await withLocalSession(program, [], async (session) =>
          refuseAsk(session.store, session.ctx, await originOf(session, given), number, reason),
        ),
        given,
      );
    });

  for (const [verb, what, take] of [
    ['withdraw', 'take a question back before it is sent', withdrawAsk],
    ['close', 'take no further answers', closeAsk],
  ] as const)
    command
      .command(`${verb} <number>`)
      .description(what)
      .option('--json', 'print JSON')
      .action(async (number: string, given: Json) =>
        tell(await withLocalSession(program, [], ({ store, ctx }) => take(store, ctx, number)), given),
      );

  command
    .command('answer <number> <says> <text>')
    .description(`answer as one who is asked: ${ASK_SAYS.join(', ')}, and what you know`)
    .option('--json', 'print JSON')
    .action(async (number: string, says: string, text: string, given: Json) => {
      const answer = checkedInput(AskAnswerCreate, { says: oneOf('says', ASK_SAYS, says), text });
      tell(await withLocalSession(program, [], ({ store, ctx }) => answerAsk(store, ctx, number, answer)), given);
    });
};

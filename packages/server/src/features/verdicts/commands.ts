// redthread verdict: votes, the queue, the rule of the agency.
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { Facts, type QueueQuery } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import { idOf, reasonOf } from '../../app/cli/arguments.js';
import type { Io } from '../../app/cli/io.js';
import { wholeNumber } from '../../app/cli/whole-number.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { resolveScope } from '../funnel/index.js';
import { mediaNamed } from '../media/index.js';
import { registerTestCommands } from './competence/commands.js';
import { queueLines, verdictLines, voteLines } from './print.js';
import { listQueue } from './queue.js';
import { readRule, setRule } from './rule.js';
import { castVotes, readVerdicts, retract } from './vote.js';

const factsIn = (file: string): Facts => {
  try {
    const facts = Facts.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (facts.success) return facts.data;
    const [issue] = facts.error.issues;
    throw new Error(`${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
  } catch (error) {
    throw fail('ARGUMENT_INVALID', `${file}: ${(error as Error).message}`, { pointer: 'facts', cause: error });
  }
};

interface VoteOptions {
  readonly note?: string;
  readonly facts?: string;
  readonly stack?: boolean;
  readonly json?: boolean;
}

interface QueueOptions {
  readonly secondLook?: boolean;
  readonly operation?: string;
  readonly case?: string;
  readonly exhibit?: string;
  readonly limit: number;
  readonly json?: boolean;
}

interface RuleOptions {
  readonly scheme?: string;
  readonly quorum?: number;
  readonly json?: boolean;
}

export const registerVerdictCommands = (program: Command, io: Io): void => {
  const verdict = program
    .command('verdict')
    .description('what people say of media: votes, what they come to, and who looked')
    .addHelpText(
      'after',
      '\nExamples:\n  $ redthread verdict vote 5d1f2c… vic-default@2.0:0 --stack\n  $ redthread verdict queue --second-look\n  $ redthread verdict rule --quorum 2',
    );

  verdict
    .command('vote <media> <scheme@version:code>')
    .description('vote on a media (id or SHA-256), or with --stack on its whole stack; cannot-say is a code')
    .option('--stack', 'also on every other media of its stack; what you said of one of them alone stays')
    .option('--note <text>', 'why')
    .option('--facts <file.json>', 'the facts that you see, as docs/schemes.md lists them')
    .option('--json', 'print JSON')
    .action(async (name: string, code: string, { note, facts, stack, json }: VoteOptions) => {
      if (note !== undefined && note.length > 2000)
        throw fail('ARGUMENT_INVALID', 'a note has at most 2000 characters');
      const vote = {
        code,
        note: note ?? '',
        stack: stack === true,
        ...(facts !== undefined && { facts: factsIn(facts) }),
      };
      const cast = await withLocalSession(program, [], async (session) =>
        castVotes(session.store, session.ctx, await mediaNamed(session, name), vote),
      );
      if (json === true) return io.json(cast);
      voteLines(cast.votes).forEach(io.out);
      if (cast.kept.length > 0) io.note(`left as you had judged them one by one: ${cast.kept.join(', ')}`);
    });

  verdict
    .command('list <media>')
    .description('votes on a media, what they come to, and apart from them what lists say')
    .option('--json', 'print JSON')
    .action(async (name: string, { json }: { readonly json?: boolean }) => {
      const all = await withLocalSession(program, [], async (session) => {
        const id = await mediaNamed(session, name);
        const answer = await readVerdicts(session.store, session.ctx, id);
        await recordView(session, 'verdicts', { object: { kind: 'media', id }, count: answer.votes.length });
        return answer;
      });
      if (json === true) return io.json(all);
      if (all.votes.length === 0) io.note('nobody has voted on it');
      verdictLines(all, io.colour).forEach(io.out);
    });

  verdict
    .command('queue')
    .description('media on which votes disagree, or with --second-look those that need a vote by you')
    .option('--second-look', 'those that need one more vote, and have none of yours')
    .option('--operation <reference>', 'of an operation')
    .option('--case <reference>', 'of a case')
    .option('--exhibit <case/exhibit>', 'of an exhibit')
    .option('--limit <n>', 'at most so many', wholeNumber(1, 500), 50)
    .option('--json', 'print JSON')
    .action(async ({ secondLook, limit, json, ...of }: QueueOptions) => {
      const kind: QueueQuery['kind'] = secondLook === true ? 'second-look' : 'disagreement';
      const page = await withLocalSession(program, [], async (session) => {
        const scope = await resolveScope(session.store, session.ctx, of);
        const answer = await listQueue(session.store, session.ctx, {
          kind,
          limit,
          ...(scope !== null && { [scope.kind]: scope.id }),
        });
        await recordView(session, 'verdict queue', { count: answer.items.length });
        return answer;
      });
      if (json === true) return page.items.forEach((item) => io.json(item));
      if (page.items.length === 0) return io.note('nothing waits');
      queueLines(page.items).forEach(io.out);
      if (page.total > page.items.length) io.note(`${page.items.length} of ${page.total}; --limit shows more`);
    });

  verdict
    .command('retract <id>')
    .description('take an own vote back; it stays on record with the reason')
    .requiredOption('--reason <text>', 'why')
    .action(async (id: string, { reason }: { readonly reason: string }) => {
      const [vote, why] = [idOf('a vote', id), reasonOf(reason)];
      await withLocalSession(program, [], ({ store, ctx }) => retract(store, ctx, vote, why));
      io.out(`taken back ${id}`);
    });

  verdict
    .command('rule')
    .description('what your agency votes in, and how many undisputed votes decide; with options: change it')
    .option('--scheme <scheme@version>', 'what its people vote in, unless they say otherwise')
    .option('--quorum <n>', '1, 2 or 3', wholeNumber(1, 3))
    .option('--json', 'print JSON')
    .action(async ({ json, ...change }: RuleOptions) => {
      const isChange = change.scheme !== undefined || change.quorum !== undefined;
      const rule = await withLocalSession(program, [], async (session) => {
        if (isChange) return setRule(session.store, session.ctx, change);
        const answer = await readRule(session.store, session.ctx);
        await recordView(session, 'verdict rule');
        return answer;
      });
      if (json === true) return io.json(rule);
      io.out(`${rule.agency.name}: ${rule.scheme}, ${rule.quorum} undisputed`);
    });

  registerTestCommands(verdict, program, io);
};

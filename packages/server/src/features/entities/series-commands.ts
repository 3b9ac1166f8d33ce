// redthread series: media that belong together, with a state, members, what may belong too, and the person that was found.
import type { Command } from 'commander';
import { AssertionCreate, SERIES_STATES, type SeriesState } from '@redthread/core/contract';
import { checkedInput, oneOf, reasonOf } from '../../app/cli/arguments.js';
import type { Io, Json } from '../../app/cli/io.js';
import { wholeNumber } from '../../app/cli/whole-number.js';
import { checkedName } from '../../app/reference.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { namedCase } from '../cases/index.js';
import { mediaNamed } from '../media/index.js';
import { assertRelation } from './assertions.js';
import { confidenceOf } from './command-words.js';
import { addMerging } from './commands.js';
import { entityNamed, seriesNamed } from './named-entity.js';
import { detailLines, entityLines, memberLines, suggestionLines } from './print.js';
import { addMembers, listMembers, removeMembers, suggestMembers } from './series.js';
import { createEntity, listEntities, setSeriesState, showEntity } from './service.js';
import { addStatements } from './statement-commands.js';

const MEMBERS_SHOWN = 500;

const addKeeping = (series: Command, program: Command, io: Io): void => {
  series
    .command('create <name>')
    .description('begin a series')
    .option('--case <reference>', 'a case of yours: whoever sees it sees this')
    .option('--note <text>', 'what it is')
    .option('--json', 'print JSON')
    .action(async (name: string, given: Json & { readonly case?: string; readonly note?: string }) => {
      const made = await withLocalSession(program, [], async (session) =>
        createEntity(session.store, session.ctx, {
          kind: 'series',
          name: checkedName('name', name),
          note: given.note ?? '',
          ...(given.case !== undefined && { case: await namedCase(session, given.case) }),
        }),
      );
      if (given.json === true) return io.json(made);
      io.out(made.id);
    });

  series
    .command('status <series> <state>')
    .description(`change its state: ${SERIES_STATES.join(', ')}`)
    .option('--worked-by <name>', 'who works on it')
    .option('--note <text>', 'why')
    .option('--json', 'print JSON')
    .action(async (id: string, state: string, given: Json & { readonly workedBy?: string; readonly note?: string }) => {
      const step = {
        state: oneOf('state', SERIES_STATES, state),
        note: given.note ?? '',
        workedBy: given.workedBy === undefined ? '' : checkedName('worked-by', given.workedBy),
      };
      const now = await withLocalSession(program, [], async (session) =>
        setSeriesState(session.store, session.ctx, await seriesNamed(session, id), step),
      );
      if (given.json === true) return io.json(now);
      io.out(`${now.name}: ${now.state ?? ''}`);
    });

  series
    .command('identify <series> <person>')
    .description('say who it shows, and that it is identified')
    .requiredOption('--reason <text>', 'why you say so')
    .option('--confidence <word>', 'certain, probable or possible', 'probable')
    .action(async (name: string, person: string, given: { readonly reason: string; readonly confidence: string }) => {
      const now = await withLocalSession(program, [], async (session) => {
        const { store, ctx } = session;
        const id = await seriesNamed(session, name);
        const input = checkedInput(AssertionCreate, {
          type: 'identified-as',
          from: { entity: id },
          to: await entityNamed(session, person, 'person'),
          reason: reasonOf(given.reason),
          confidence: confidenceOf(given.confidence),
        });
        await assertRelation(store, ctx, input);
        return setSeriesState(store, ctx, id, { state: 'identified', note: given.reason, workedBy: '' });
      });
      io.out(`${now.name}: ${now.state ?? ''}`);
    });
};

const addReading = (series: Command, program: Command, io: Io): void => {
  series
    .command('list')
    .description('series that you see, newest first')
    .option('--state <state>', `only those that are ${SERIES_STATES.join(', ')}`)
    .option('--case <reference>', 'of a case')
    .option('--find <text>', 'with this in the name, or with exactly this number')
    .option('--limit <n>', 'at most so many', wholeNumber(1, 500), 100)
    .option('--json', 'print JSON')
    .action(
      async (
        of: Json & { readonly state?: string; readonly case?: string; readonly find?: string; readonly limit: number },
      ) => {
        const page = await withLocalSession(program, [], async (session) => {
          const state: SeriesState | undefined =
            of.state === undefined ? undefined : oneOf('state', SERIES_STATES, of.state);
          const answer = await listEntities(session.store, session.ctx, {
            kind: 'series',
            limit: of.limit,
            ...(state !== undefined && { state }),
            ...(of.case !== undefined && { case: await namedCase(session, of.case) }),
            ...(of.find !== undefined && { q: of.find }),
          });
          await recordView(session, 'entities', { count: answer.items.length });
          return answer;
        });
        if (of.json === true) return page.items.forEach((item) => io.json(item));
        if (page.items.length === 0) return io.note('there is no series');
        entityLines(page.items).forEach(io.out);
        if (page.total > page.items.length) io.note(`${page.items.length} of ${page.total}; --limit shows more`);
      },
    );

  series
    .command('show <series>')
    .description('a series with its state, numbers, members and what is said of it')
    .option('--json', 'print JSON')
    .action(async (name: string, { json }: Json) => {
      const all = await withLocalSession(program, [], async (session) => {
        const id = await seriesNamed(session, name);
        const detail = await showEntity(session.store, session.ctx, id);
        const members = await listMembers(session.store, session.ctx, id, { limit: MEMBERS_SHOWN });
        await recordView(session, 'series members', { object: { kind: 'entity', id }, count: members.items.length });
        return { ...detail, members };
      });
      if (json === true) return io.json(all);
      detailLines(all, io.colour).forEach(io.out);
      io.out('');
      memberLines(all.members.items).forEach(io.out);
      if (all.members.total > all.members.items.length)
        io.note(`${all.members.items.length} of ${all.members.total} members`);
    });

  series
    .command('suggest <series>')
    .description('media that match a member, strongest first, each with its reason')
    .option('--json', 'print JSON')
    .action(async (name: string, { json }: Json) => {
      const found = await withLocalSession(program, [], async (session) => {
        const id = await seriesNamed(session, name);
        const answer = await suggestMembers(session.store, session.ctx, id);
        await recordView(session, 'series suggestions', { object: { kind: 'entity', id }, count: answer.items.length });
        return answer;
      });
      if (json === true) return found.items.forEach((item) => io.json(item));
      if (found.items.length === 0) return io.note('nothing that you see matches a member');
      suggestionLines(found.items).forEach(io.out);
      if (found.truncated) io.note('there are more');
    });
};

const addMembership = (series: Command, program: Command, io: Io): void => {
  series
    .command('add <series> <media...>')
    .description('say of media (ids or SHA-256) that they belong to it')
    .requiredOption('--reason <text>', 'why you say so')
    .option('--confidence <word>', 'certain, probable or possible', 'probable')
    .option('--stack', 'also of every other media of their stacks')
    .option('--json', 'print JSON')
    .action(
      async (
        id: string,
        names: string[],
        given: Json & { readonly reason: string; readonly confidence: string; readonly stack?: boolean },
      ) => {
        const result = await withLocalSession(program, [], async (session) => {
          const media: string[] = [];
          for (const name of names) media.push(await mediaNamed(session, name));
          return addMembers(session.store, session.ctx, await seriesNamed(session, id), {
            media,
            reason: reasonOf(given.reason),
            confidence: confidenceOf(given.confidence),
            stack: given.stack === true,
          });
        });
        if (given.json === true) return io.json(result);
        result.added.forEach((one) => io.out(one));
        if (result.already.length > 0) io.note(`${result.already.length} belonged to it already`);
      },
    );

  series
    .command('remove <series> <media>')
    .description('take back that it belongs; it stays on record, and is not suggested again')
    .requiredOption('--reason <text>', 'why')
    .action(async (id: string, name: string, { reason }: { readonly reason: string }) => {
      await withLocalSession(program, [], async (session) =>
        removeMembers(session.store, session.ctx, await seriesNamed(session, id), {
          media: [await mediaNamed(session, name)],
          reason: reasonOf(reason),
        }),
      );
      io.out(`taken out ${name}`);
    });
};

export const registerSeriesCommands = (program: Command, io: Io): void => {
  const series = program
    .command('series')
    .description('media that belong together: members, what may belong too, state, who was found')
    .addHelpText(
      'after',
      '\nExamples:\n  $ redthread series create "Yellow room" --case ES-2026-014\n  $ redthread series add 5d1f2c… 0b7c11… --stack --reason "the same wall"\n  $ redthread series suggest "Yellow room"',
    );
  addKeeping(series, program, io);
  addReading(series, program, io);
  addMembership(series, program, io);
  addStatements(series, program, io);
  addMerging(series, program, io, { type: 'continues', kind: 'series' });
};

// redthread entity: persons, places, things and what relates them; taken back instead of deleted, merged without rewriting anything.
import type { Command } from 'commander';
import { AssertionCreate, EntityCreate, PERSON_ROLES } from '@redthread/core/contract';
import { ASSERTION_TYPE_NAMES, ENTITY_KINDS } from '@redthread/core/domain';
import { checkedInput, idOf, oneOf, reasonOf } from '../../app/cli/arguments.js';
import type { Io } from '../../app/cli/io.js';
import { wholeNumber } from '../../app/cli/whole-number.js';
import { checkedName } from '../../app/reference.js';
import { recordView, withLocalSession } from '../accounts/index.js';
import { namedCase } from '../cases/index.js';
import { mediaNamed } from '../media/index.js';
import { assertRelation, retractAssertion, splitEntities } from './assertions.js';
import { ageOf, areaOf, confidenceOf, timeOf } from './command-words.js';
import { entityNamed, type Session } from './named-entity.js';
import { assertionLines, detailLines, entityLines } from './print.js';
import { addExternalId, createEntity, listEntities, retractExternalId, showEntity } from './service.js';

interface AddOptions {
  readonly name?: string;
  readonly role?: string;
  readonly age?: string;
  readonly area?: string;
  readonly note?: string;
  readonly case?: string;
  readonly json?: boolean;
}

interface RelateOptions {
  readonly reason: string;
  readonly confidence: string;
  readonly evidenceMedia?: string;
  readonly evidence?: string;
  readonly since?: string;
  readonly until?: string;
  readonly case?: string;
  readonly json?: boolean;
}

const addRecording = (entity: Command, program: Command, io: Io): void => {
  entity
    .command('add <kind>')
    .description(`record one: ${ENTITY_KINDS.filter((kind) => kind !== 'series').join(', ')}`)
    .option('--name <name>', 'what it is called; without one nobody has named it yet')
    .option('--role <role>', `of a person: ${PERSON_ROLES.join(', ')}`)
    .option('--age <band@date>', 'of a person: how old they were when: 8-10@2020-06-15')
    .option(
      '--area <latitude,longitude,metres>',
      'of a place: where it is, and within how many metres: 41.385,2.173,1200',
    )
    .option('--note <text>', 'whatever else')
    .option('--case <reference>', 'a case of yours: whoever sees it sees this')
    .option('--json', 'print JSON')
    .action(async (kind: string, { name, role, age, area, note, case: reference, json }: AddOptions) => {
      const input = {
        kind: oneOf(
          'kind',
          ENTITY_KINDS.filter((one) => one !== 'series'),
          kind,
        ),
        name: name === undefined ? '' : checkedName('name', name),
        note: note ?? '',
        ...(role !== undefined && { role: oneOf('role', PERSON_ROLES, role) }),
        ...(age !== undefined && { age: ageOf(age) }),
        ...(area !== undefined && { area: areaOf(area) }),
      };
      const made = await withLocalSession(program, [], async (session) =>
        createEntity(
          session.store,
          session.ctx,
          checkedInput(EntityCreate, {
            ...input,
            ...(reference !== undefined && { case: await namedCase(session, reference) }),
          }),
        ),
      );
      if (json === true) return io.json(made);
      io.out(made.id);
    });

  entity
    .command('id <entity> <type> <value>')
    .description('record a number that somebody else gave it: icse-series, phone-number, imei, or of another issuer')
    .option('--issuer <name>', 'who gave it; may be left out for a type that has one issuer')
    .option('--json', 'print JSON')
    .action(
      async (id: string, type: string, value: string, given: { readonly issuer?: string; readonly json?: boolean }) => {
        const row = await withLocalSession(program, [], async (session) =>
          addExternalId(session.store, session.ctx, await entityNamed(session, id), {
            type,
            value,
            ...(given.issuer !== undefined && { issuer: checkedName('issuer', given.issuer) }),
          }),
        );
        if (given.json === true) return io.json(row);
        io.out(`${row.issuer} ${row.type} ${row.value} (${row.id})`);
      },
    );

  entity
    .command('drop-id <id>')
    .description('take such a number back; it stays on record with the reason')
    .requiredOption('--reason <text>', 'why')
    .action(async (id: string, { reason }: { readonly reason: string }) => {
      await withLocalSession(program, [], ({ store, ctx }) =>
        retractExternalId(store, ctx, idOf('a number', id), reasonOf(reason)),
      );
      io.out(`taken back ${id}`);
    });
};

const addReading = (entity: Command, program: Command, io: Io): void => {
  entity
    .command('list')
    .description('what you see, newest first')
    .option('--kind <kind>', 'of this kind')
    .option('--case <reference>', 'of a case')
    .option('--find <text>', 'with this in the name, or with exactly this number')
    .option('--limit <n>', 'at most so many', wholeNumber(1, 500), 100)
    .option('--json', 'print JSON')
    .action(
      async (of: {
        readonly kind?: string;
        readonly case?: string;
        readonly find?: string;
        limit: number;
        json?: boolean;
      }) => {
        const page = await withLocalSession(program, [], async (session) => {
          const answer = await listEntities(session.store, session.ctx, {
            limit: of.limit,
            ...(of.kind !== undefined && { kind: oneOf('kind', ENTITY_KINDS, of.kind) }),
            ...(of.case !== undefined && { case: await namedCase(session, of.case) }),
            ...(of.find !== undefined && { q: of.find }),
          });
          await recordView(session, 'entities', { count: answer.items.length });
          return answer;
        });
        if (of.json === true) return page.items.forEach((item) => io.json(item));
        if (page.items.length === 0) return io.note('nothing is recorded');
        entityLines(page.items).forEach(io.out);
        if (page.total > page.items.length) io.note(`${page.items.length} of ${page.total}; --limit shows more`);
      },
    );

  entity
    .command('show <entity>')
    .description('one of them with all that is said of it and of every record that is one with it')
    .option('--at <time>', 'of a person: how old they were then')
    .option('--json', 'print JSON')
    .action(async (name: string, { at, json }: { readonly at?: string; readonly json?: boolean }) => {
      const detail = await withLocalSession(program, [], async (session) => {
        const id = await entityNamed(session, name);
        const time = at === undefined ? undefined : timeOf('at', at);
        const answer = await showEntity(session.store, session.ctx, id, time);
        await recordView(session, 'entity', { object: { kind: 'entity', id }, count: answer.assertions.length });
        return answer;
      });
      if (json === true) return io.json(detail);
      detailLines(detail, io.colour).forEach(io.out);
    });
};

const addSaying = (entity: Command, program: Command, io: Io): void => {
  entity
    .command('relate <from> <type> <to>')
    .description(
      `say what relates to what: ${ASSERTION_TYPE_NAMES.join(', ')}; from a media: media:ID or media:SHA-256`,
    )
    .requiredOption('--reason <text>', 'why you say so')
    .option('--confidence <word>', 'certain, probable or possible', 'probable')
    .option('--evidence-media <media>', 'the media that shows it')
    .option('--evidence <text>', 'a message, a page, a report: where it stands')
    .option('--since <time>', 'from when it holds: 2025-07-01, or with a time and a zone')
    .option('--until <time>', 'until when it holds')
    .option('--case <reference>', 'the case that it is said in; by default that of your end')
    .option('--json', 'print JSON')
    .action(async (from: string, type: string, to: string, given: RelateOptions) => {
      const named = oneOf('type', ASSERTION_TYPE_NAMES, type);
      const made = await withLocalSession(program, [], async (session) => {
        const media = given.evidenceMedia;
        const evidence = {
          ...(media !== undefined && { media: await mediaNamed(session, media) }),
          ...(given.evidence !== undefined && { text: given.evidence }),
        };
        return assertRelation(
          session.store,
          session.ctx,
          checkedInput(AssertionCreate, {
            type: named,
            from: from.startsWith('media:')
              ? { media: await mediaNamed(session, from.slice('media:'.length)) }
              : { entity: await entityNamed(session, from) },
            to: await entityNamed(session, to),
            reason: reasonOf(given.reason),
            confidence: confidenceOf(given.confidence),
            ...(Object.keys(evidence).length > 0 && { evidence }),
            ...(given.since !== undefined && { validFrom: timeOf('since', given.since) }),
            ...(given.until !== undefined && { validTo: timeOf('until', given.until) }),
            ...(given.case !== undefined && { case: await namedCase(session, given.case) }),
          }),
        );
      });
      if (given.json === true) return io.json(made);
      assertionLines([made]).forEach(io.out);
    });

  entity
    .command('retract <assertion>')
    .description('take back what your agency said; it stays on record with the reason')
    .requiredOption('--reason <text>', 'why')
    .action(async (id: string, { reason }: { readonly reason: string }) => {
      await withLocalSession(program, [], ({ store, ctx }) =>
        retractAssertion(store, ctx, idOf('an assertion', id), reasonOf(reason)),
      );
      io.out(`taken back ${id}`);
    });
};

/** Says that two are one, and takes it back: of entities and, as another type, of series. */
export const addMerging = (
  command: Command,
  program: Command,
  io: Io,
  { type, kind }: { readonly type: 'same-as' | 'continues'; readonly kind?: 'series' },
): void => {
  const named = (session: Session, name: string): Promise<string> => entityNamed(session, name, kind);
  command
    .command('merge <one> <other>')
    .description(
      'say that two are one: nothing is rewritten; of what another agency holds it is a proposal until that says so too',
    )
    .requiredOption('--reason <text>', 'why')
    .option('--json', 'print JSON')
    .action(
      async (one: string, other: string, { reason, json }: { readonly reason: string; readonly json?: boolean }) => {
        const made = await withLocalSession(program, [], async (session) =>
          assertRelation(
            session.store,
            session.ctx,
            checkedInput(AssertionCreate, {
              type,
              from: { entity: await named(session, one) },
              to: await named(session, other),
              reason: reasonOf(reason),
            }),
          ),
        );
        if (json === true) return io.json(made);
        io.out(
          made.counts === true ? `one now (${made.id})` : `proposed; the other agency has to say so too (${made.id})`,
        );
      },
    );

  command
    .command('split <one> <other>')
    .description('take back what your agency said of the two being one')
    .requiredOption('--reason <text>', 'why')
    .action(async (one: string, other: string, { reason }: { readonly reason: string }) => {
      const { taken, stillOne } = await withLocalSession(program, [], async (session) =>
        splitEntities(
          session.store,
          session.ctx,
          await named(session, one),
          await named(session, other),
          reasonOf(reason),
        ),
      );
      taken.forEach((id) => io.out(`taken back ${id}`));
      if (stillOne) io.note('the two are still one over other records, or by the word of others');
    });
};

export const registerEntityCommands = (program: Command, io: Io): void => {
  const entity = program
    .command('entity')
    .description(
      'persons, places, devices, accounts and what relates them: said by somebody, on evidence, taken back instead of deleted',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ redthread entity add person --role victim --age 8-10@2020-06-15 --case ES-2026-014\n  $ redthread entity relate 5d1f2c… uses 0b7c11… --reason "found in his pocket"\n  $ redthread entity merge 5d1f2c… 77aa02… --reason "the same number"',
    );
  addRecording(entity, program, io);
  addReading(entity, program, io);
  addSaying(entity, program, io);
  addMerging(entity, program, io, { type: 'same-as' });
};

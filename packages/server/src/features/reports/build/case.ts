// The report on a case, and the schedule of one exhibit.
import type { Exhibit } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { PROGRAM_VERSION } from '../../../app/version.js';
import { ownAgency } from '../../accounts/index.js';
import { readCases } from '../../cases/index.js';
import { readExhibits } from '../../exhibits/index.js';
import { instant, TEXT } from '../text/en.js';
import { handlingOf, type Building } from './building.js';
import { custodyPart, exhibitFacts, exhibitsPart, funnelPart, unreadPart } from './exhibits-part.js';
import { judgedPart } from './judged-part.js';
import { linksPart, seriesPart, type Links } from './links-part.js';
import { listsPart } from './lists-part.js';
import { mediaIn } from './media-query.js';
import { methodsPart, selfTestPart } from './methods-part.js';
import { schedulePart } from './schedule-part.js';

const operationOf = async ({ trx }: Building, id: string | null): Promise<string> => {
  if (id === null) return TEXT.none;
  const row = await trx.selectFrom('operations').select(['reference', 'name']).where('id', '=', id).executeTakeFirst();
  if (row === undefined) return TEXT.none;
  return row.reference === row.name ? row.name : `${row.reference}: ${row.name}`;
};

const oneCase = async ({ trx }: Building, id: string) => {
  const [found] = await readCases(trx, { id });
  if (found === undefined) throw fail('NOT_FOUND', 'no such case');
  return found;
};

export const reading = ({ sink }: Building): void =>
  sink.put({ is: 'section', id: 'reading', title: TEXT.reading.title, words: [...TEXT.reading.words] });

/** Errors: NOT_FOUND, REPORT_INCOMPLETE. */
export const buildCase = async (building: Building, ctx: Context, id: string, links: Links): Promise<void> => {
  const { record, sink, trx } = building;
  const found = await oneCase(building, id);
  const exhibits = await readExhibits(trx, { case: id });
  const scope = { kind: 'case', id } as const;
  const { facts } = TEXT;
  sink.put({
    is: 'cover',
    form: 1,
    kind: 'case',
    title: TEXT.titles.case,
    subject: found.title === '' ? found.reference : `${found.reference}: ${found.title}`,
    handling: await handlingOf(trx, { cases: [id], exhibits: exhibits.map((one) => one.id), links }),
    record,
    facts: [
      [facts.case, found.reference],
      [facts.operation, await operationOf(building, found.operationId)],
      [facts.agency, `${found.agency.name} (${found.agency.country})`],
      [facts.madeBy, (await ownAgency(trx, ctx.actor.agencyId)).name],
      [facts.opened, instant(found.createdAt)],
      ...(found.hold === null
        ? []
        : [
            [facts.hold, `${instant(found.hold.placedAt)}, ${found.hold.placedBy}: ${found.hold.reason}`] as [
              string,
              string,
            ],
          ]),
      [facts.program, `Redthread ${PROGRAM_VERSION}`],
    ],
  });
  reading(building);
  await exhibitsPart(building, exhibits);
  await custodyPart(building, { caseId: id }, exhibits);
  await funnelPart(building, scope);
  await judgedPart(building, scope);
  await listsPart(building, mediaIn(scope));
  await linksPart(building, links, TEXT.links.words);
  await seriesPart(building, scope);
  await unreadPart(building, exhibits);
  await methodsPart(building);
  await selfTestPart(building, ctx);
};

const oneExhibit = async ({ trx }: Building, id: string): Promise<Exhibit> => {
  const [found] = await readExhibits(trx, { id });
  if (found === undefined) throw fail('NOT_FOUND', 'no such exhibit');
  return found;
};

/** Errors: NOT_FOUND, REPORT_INCOMPLETE. */
export const buildExhibit = async (building: Building, ctx: Context, id: string): Promise<void> => {
  const { record, sink, trx } = building;
  const exhibit = await oneExhibit(building, id);
  const found = await oneCase(building, exhibit.caseId);
  const scope = { kind: 'exhibit', id } as const;
  sink.put({
    is: 'cover',
    form: 1,
    kind: 'exhibit',
    title: TEXT.titles.exhibit,
    subject: `${exhibit.caseReference} / ${exhibit.reference}`,
    handling: await handlingOf(trx, { cases: [found.id], exhibits: [id] }),
    record,
    facts: [
      ...exhibitFacts(exhibit),
      [TEXT.facts.madeBy, (await ownAgency(trx, ctx.actor.agencyId)).name],
      [TEXT.facts.program, `Redthread ${PROGRAM_VERSION}`],
    ],
  });
  reading(building);
  await custodyPart(building, { exhibitId: id }, [exhibit]);
  const seized = await funnelPart(building, scope);
  await listsPart(building, mediaIn(scope));
  await unreadPart(building, [exhibit]);
  await schedulePart(building, scope, seized);
};

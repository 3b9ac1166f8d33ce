// Entities in the world of the stranger test: a person and a series of the case, a number, a state, what relates them; and that it was given to others.
import type { Kysely } from 'kysely';
import type { Database } from '../../packages/server/src/store/index.js';
import type { Person } from './api-world.js';
import { addContribution } from './stranger-exchange.js';

/** Another agency released that a series of its own is identified, to which this media was contributed; and this series' agency released its own. */
const addOutcome = async (
  owner: Kysely<Database>,
  { agencyId, id, login }: Person,
  { series, media, far }: { readonly series: string; readonly media: string; readonly far: Person },
): Promise<string> => {
  const released = { reason: 'hushed outcome' } as const;
  await owner
    .insertInto('outcome_releases')
    .values({ ...released, agency_id: agencyId, series_id: series, released_by: id, released_login: login })
    .execute();
  const { id: other } = await owner
    .insertInto('entities')
    .values({
      agency_id: far.agencyId,
      kind: 'series',
      name: 'elsewhere',
      created_by: far.id,
      created_login: far.login,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const release = await owner
    .insertInto('outcome_releases')
    .values({
      ...released,
      agency_id: far.agencyId,
      series_id: other,
      released_by: far.id,
      released_login: far.login,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const outcome = await owner
    .insertInto('outcomes')
    .values({
      agency_id: agencyId,
      release_agency_id: far.agencyId,
      release_id: release.id,
      from_agency: 'Gamma',
      statements: 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await owner
    .insertInto('outcome_media')
    .values({ outcome_id: outcome.id, agency_id: agencyId, media_id: media })
    .execute();
  return outcome.id;
};

/** By that person, in that case of their agency. */
export const addEntities = async (
  owner: Kysely<Database>,
  { agencyId, id, login }: Person,
  { caseId, media, far }: { readonly caseId: string; readonly media: string; readonly far: Person },
) => {
  const insert = async (kind: 'person' | 'series'): Promise<string> => {
    const row = await owner
      .insertInto('entities')
      .values({
        agency_id: agencyId,
        case_id: caseId,
        kind,
        name: `hushed ${kind}`,
        created_by: id,
        created_login: login,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  };
  const [entity, series] = [await insert('person'), await insert('series')];
  const externalId = await owner
    .insertInto('external_ids')
    .values({
      agency_id: agencyId,
      entity_id: entity,
      issuer: 'Unit',
      type: 'file-number',
      value: 'hushed 7',
      added_by: id,
      added_login: login,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await owner
    .insertInto('series_steps')
    .values({ agency_id: agencyId, entity_id: series, state: 'open', user_id: id, login })
    .execute();
  const statement = await owner
    .insertInto('series_statements')
    .values({
      agency_id: agencyId,
      series_agency_id: agencyId,
      series_id: series,
      kind: 'socket',
      value: 'hushed socket',
      reason: 'hushed reason',
      user_id: id,
      login,
      said_agency: 'Alpha',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const said = {
    agency_id: agencyId,
    case_id: caseId,
    from_agency_id: agencyId,
    to_agency_id: agencyId,
    confidence: 'probable',
    reason: 'hushed reason',
    user_id: id,
    login,
    said_agency: 'Alpha',
  } as const;
  const assertion = await owner
    .insertInto('assertions')
    .values({ ...said, type: 'identified-as', from_kind: 'entity', from_entity_id: series, to_entity_id: entity })
    .returning('id')
    .executeTakeFirstOrThrow();
  await owner
    .insertInto('assertions')
    .values({ ...said, type: 'member-of', from_kind: 'media', from_media_id: media, to_entity_id: series })
    .execute();
  const mark = await owner
    .insertInto('at_risk_marks')
    .values({
      agency_id: agencyId,
      series_id: series,
      reason: 'hushed risk',
      marked_by: id,
      marked_login: login,
      until: new Date(Date.now() + 3_600_000),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const contribution = await addContribution(owner, { agencyId, id, login }, { caseId, media });
  return {
    entity,
    series,
    externalId: externalId.id,
    assertion: assertion.id,
    statement: statement.id,
    mark: mark.id,
    outcome: await addOutcome(owner, { agencyId, id, login }, { series, media, far }),
    contribution,
  };
};

// What people say of media in the world of the stranger test: a vote, the rule of the agency, a test that was begun, loaded schemes; a
// review with what somebody is at; and what is decided on a connection.
import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { CARE_DEFAULTS } from '@redthread/core/contract';
import type { Database } from '../../packages/server/src/store/index.js';
import type { Person } from './api-world.js';

const SCHEME = 'vic-default@2.0';

/** By that person, on a media of their agency. */
export const addJudgement = async (
  owner: Kysely<Database>,
  { agencyId, id, login }: Person,
  mediaId: string,
): Promise<{ readonly verdict: string; readonly test: string; readonly decision: string }> => {
  const by = { agency_id: agencyId, user_id: id, login, scheme: SCHEME };
  const decision = randomUUID();
  const verdict = await owner
    .insertInto('verdicts')
    .values({
      ...by,
      media_id: mediaId,
      voter_agency_id: agencyId,
      voter_agency: 'Alpha',
      code: '0',
      seen: 'not-looked',
      stack_vote: null,
      facts: null,
      decision_id: decision,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const test = await owner
    .insertInto('competence_tests')
    .values({ ...by, seed: 'hushed', questions: 12 })
    .returning('id')
    .executeTakeFirstOrThrow();
  await owner
    .insertInto('verdict_rules')
    .values({ agency_id: agencyId, scheme: SCHEME, quorum: 1, set_by: id, set_login: login })
    .execute();
  const content = JSON.stringify({ format: 'redthread-schemes/1', schemes: [], maps: [], retire: [] });
  await owner
    .insertInto('scheme_files')
    .values({ agency_id: agencyId, loaded_by: id, loaded_login: login, content })
    .execute();
  return { verdict: verdict.id, test: test.id, decision };
};

/** Of that person, with one media that they are at, a report that they made, and how they are shown things. */
export const addReview = async (
  owner: Kysely<Database>,
  { agencyId, id, login }: Person,
  mediaId: string,
): Promise<string> => {
  const by = { agency_id: agencyId, user_id: id };
  const review = await owner
    .insertInto('reviews')
    .values({ ...by, name: 'hushed review', query: '{}', total: 1 })
    .returning('id')
    .executeTakeFirstOrThrow();
  await owner
    .insertInto('reports')
    .values({ ...by, kind: 'comparison', about: [mediaId], files: '[]', record_size: 1 })
    .execute();
  await owner
    .insertInto('review_pages')
    .values({ agency_id: agencyId, review_id: review.id, number: 0, media_ids: [mediaId], ratios: Buffer.of(128) })
    .execute();
  await owner
    .insertInto('review_claims')
    .values({ ...by, login, media_id: mediaId, until: new Date(Date.now() + 3_600_000) })
    .execute();
  const settings = JSON.stringify(CARE_DEFAULTS);
  await owner
    .insertInto('care_settings')
    .values({ ...by, settings })
    .execute();
  await owner
    .insertInto('own_settings')
    .values({ ...by, name: 'keys', settings: JSON.stringify({ keys: { claim: ['w'] } }) })
    .execute();
  await owner
    .insertInto('care_floors')
    .values({ agency_id: agencyId, settings, set_by: id, set_login: login })
    .execute();
  return review.id;
};

/** By that person, on what connects two ends. Answers the name of the connection. */
const addDecision = async (
  owner: Kysely<Database>,
  { agencyId, id, login }: Person,
  ends: 'exhibits' | 'series-cases',
  pair: readonly [string, string],
): Promise<string> => {
  const [end_a = '', end_b = ''] = ends === 'exhibits' ? [...pair].sort() : pair;
  await owner
    .insertInto('connection_decisions')
    .values({
      agency_id: agencyId,
      agency: 'Alpha',
      user_id: id,
      login,
      ends,
      end_a,
      end_b,
      state: 'confirmed',
      reason: 'hushed reason',
      snoozed_until: null,
      counts: '[]',
    })
    .execute();
  return `${ends}_${end_a}_${end_b}`;
};

/** On what connects two exhibits, and a series with a case. Answers the names of the connections. */
export const addDecisions = async (
  owner: Kysely<Database>,
  person: Person,
  { exhibits, of }: { readonly exhibits: readonly [string, string]; readonly of: readonly [string, string] },
): Promise<{ readonly connection: string; readonly seriesConnection: string }> => ({
  connection: await addDecision(owner, person, 'exhibits', exhibits),
  seriesConnection: await addDecision(owner, person, 'series-cases', of),
});

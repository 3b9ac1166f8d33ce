// Custody, a hold and the record of a destruction in the world of the stranger test.
import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Database } from '../../packages/server/src/store/index.js';
import type { Person } from './api-world.js';

export const addCustody = async (
  owner: Kysely<Database>,
  anna: Person,
  { caseId, exhibit, bytes }: { readonly caseId: string; readonly exhibit: string; readonly bytes: Buffer },
): Promise<void> => {
  const of = { agency_id: anna.agencyId, case_id: caseId };
  await owner
    .insertInto('custody_entries')
    .values({ ...of, exhibit_id: exhibit, user_id: anna.id, event: 'registered', person: 'anna', from_place: 'hushed' })
    .execute();
  await owner
    .insertInto('case_holds')
    .values({ ...of, reason: 'hushed', placed_by: anna.id, placed_login: 'anna' })
    .execute();
  await owner
    .insertInto('destructions')
    .values({
      id: randomUUID(),
      ...of,
      number: 1,
      exhibit_id: null,
      record: 'hushed',
      digest: bytes,
      signature: Buffer.alloc(64),
      public_key: bytes,
    })
    .execute();
};

// A contact in the world of the stranger test: the owner is told whom to ask about a case of theirs.
import type { Kysely } from 'kysely';
import type { Database } from '../../packages/server/src/store/index.js';
import type { Person } from './api-world.js';

export const addContact = async (
  owner: Kysely<Database>,
  { agencyId }: Person,
  { caseId, media, far }: { readonly caseId: string; readonly media: string; readonly far: Person },
): Promise<string> => {
  const { id } = await owner
    .insertInto('contacts')
    .values({
      agency_id: agencyId,
      case_id: caseId,
      reference: 'aaaa-bbbb-cccc',
      far_agency_id: far.agencyId,
      far_user_id: far.id,
      far_agency: 'Gamma',
      officer: far.login,
      reachable_at: null,
      grade: 'identical',
      told_on: '2026-01-02',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await owner.insertInto('contact_media').values({ contact_id: id, agency_id: agencyId, media_id: media }).execute();
  return id;
};

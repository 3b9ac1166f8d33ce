// Whether a media is seen, asked without going through the files that another agency hides: of a partner only the cases that are shared are
// looked up in the index, so that what a search takes says nothing of what is hidden. What is seen is what was seen before.
import { sql, type Kysely } from 'kysely';

/** The policy of occurrences applies in here: a case that is shared may hold exhibits that are withheld, and an own one may be hidden. */
const files = (media: string): string => `select from occurrences o where o.media_id = ${media}`;
const MEDIA = (agency: string, media: string): string => `(${agency} = whole_agency()
  or ${agency} = sight_agency() and exists (${files(media)})
  or exists (${files(media)} and o.case_id = any ((select shared_cases())::uuid[])))`;

const SEEN: Readonly<Record<string, string>> = {
  media: MEDIA('agency_id', 'media.id'),
  media_metadata: MEDIA('agency_id', 'media_metadata.media_id'),
  vault_objects: MEDIA('agency_id', 'vault_objects.media_id'),
  matches: `${MEDIA('agency_a', 'media_a')} and ${MEDIA('agency_b', 'media_b')}`,
  list_hits: `(list_agency_id = app_agency() or list_id in (select unnest(shared_lists()))) and ${MEDIA('agency_id', 'list_hits.media_id')}`,
};

const POLICIES = sql.raw(
  Object.entries(SEEN)
    .map(([table, seen]) => `alter policy app_see on ${table} using (${seen});`)
    .join('\n'),
);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await POLICIES.execute(db);
};

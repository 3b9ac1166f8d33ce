// When an exhibit was last gone through, so that an ingest that is repeated leaves alone when it was first at its end; and the
// signals of a pair that somebody compares, which no match need connect.
import { sql, type Kysely } from 'kysely';
import { AS_OWNER } from './0006-accounts.js';

/**
 * Signals belong to contents, which the role of the web does not read. It gets those of media that the actor sees, whose pixels it may
 * reveal to them anyway: the same rule as that of the policy of `media`.
 */
const SIGNALS_OF_SEEN = `
create function signals_of_seen(wanted uuid[]) returns table
  (media_id uuid, method text, version integer, decoder text, quality smallint, value bytea)
  language sql stable ${AS_OWNER} as $$
    select m.id, s.method, s.version, s.decoder, s.quality, s.value
    from media m join signals s on s.content_id = m.content_id
    where m.id = any(wanted) and (m.agency_id = whole_agency() or exists (
      select from occurrences o where o.media_id = m.id and o.exhibit_id <> all(withheld_exhibits())
        and (o.case_id = any(shared_cases()) or (o.agency_id = sight_agency() and o.case_id <> all(hidden_cases())))))
  $$;
revoke execute on function signals_of_seen(uuid[]) from public;
grant execute on function signals_of_seen(uuid[]) to redthread_app;
`;

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`alter table exhibits add column last_checked_at timestamptz`.execute(db);
  await sql.raw(SIGNALS_OF_SEEN).execute(db);
};

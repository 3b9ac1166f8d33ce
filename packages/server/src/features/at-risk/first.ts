// What is at risk now, as the viewer sees it: whatever puts first what is marked asks these, and nothing is stamped with it.
import { sql } from 'kysely';

/** Whether the mark `r` counts. Of a case that has ended none does. */
export const IN_FORCE = sql<boolean>`(r.ended_at is null and r.until > now()
  and (r.case_id is null or exists (select from cases c where c.id = r.case_id and c.state = 'open')))`;

/** Only where anything is marked at all: PostgreSQL asks this once and leaves the rest out. */
const IF_ANY = sql`exists (select from at_risk_marks r where ${IN_FORCE})`;
/** Own media of the agency that marks, which are in the series by its own word: nobody puts the files of others first. */
const MEMBERS = sql`select a.from_media_id as media_id from at_risk_marks r join assertions a on a.to_entity_id = r.series_id and a.type = 'member-of'
  where ${IN_FORCE} and a.retracted_at is null and a.from_media_id is not null and a.agency_id = r.agency_id and a.from_agency_id = r.agency_id`;
const OF_CASES = sql`select r.case_id from at_risk_marks r where r.case_id is not null and ${IN_FORCE}`;

/** Ids of media: in a case that is marked, or in a series that is. */
export const MEDIA_AT_RISK = sql`select o.media_id from occurrences o where ${IF_ANY} and o.media_id is not null
    and o.exhibit_id in (select e.id from exhibits e where e.case_id in (${OF_CASES}))
  union select x.media_id from (${MEMBERS}) x where ${IF_ANY}`;

/** Ids of cases, and of exhibits, that are marked or hold a file of a series that is. */
export const ENDS_AT_RISK = sql`
  select r.case_id as id from at_risk_marks r where r.case_id is not null and ${IN_FORCE}
  union select e.id from exhibits e where ${IF_ANY} and e.case_id in (${OF_CASES})
  union select unnest(array[o.case_id, o.exhibit_id]) from occurrences o where ${IF_ANY} and o.media_id in (${MEMBERS})`;

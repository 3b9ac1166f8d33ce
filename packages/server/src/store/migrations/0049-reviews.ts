// Reviews: what a query found, in its order, kept for one person, so that a window of it is read by its place; who is at which media; and
// which votes one key press gave, so that it is sent once and undone as one.
import { sql, type Kysely } from 'kysely';

const TABLES = sql.raw(`
create table reviews (
  id uuid primary key default gen_random_uuid(),
  agency_id uuid not null,
  user_id uuid not null,
  -- Null: nobody has kept it, and a later one takes its place.
  name text check (name <> ''),
  query jsonb not null,
  total integer not null default 0,
  -- Where its person was last, from 0.
  place integer not null default 0,
  made_at timestamptz not null default now(),
  used_at timestamptz not null default now(),
  unique (agency_id, id),
  unique (agency_id, user_id, name),
  foreign key (agency_id, user_id) references users (agency_id, id)
);

-- The media of a review in its order, so many a row, and the proportion of each as one byte.
create table review_pages (
  agency_id uuid not null,
  review_id uuid not null,
  number integer not null,
  media_ids uuid[] not null,
  ratios bytea not null,
  primary key (agency_id, review_id, number),
  foreign key (agency_id, review_id) references reviews (agency_id, id) on delete cascade
);

-- Who of an agency is at a media, and until when.
create table review_claims (
  agency_id uuid not null,
  media_id uuid not null,
  user_id uuid not null,
  login text not null,
  until timestamptz not null,
  primary key (agency_id, media_id),
  foreign key (agency_id, user_id) references users (agency_id, id)
);
create index on review_claims (agency_id, user_id);

-- The act that a vote came from: sent again, it is the same one; taken back, all of it is.
alter table verdicts add column decision_id uuid;
create index verdicts_of_decision on verdicts (voter_agency_id, user_id, decision_id) where decision_id is not null;
`);

const SELF = 'agency_id = app_agency() and user_id = app_user()';
const OF_OWN_REVIEW = 'agency_id = app_agency() and review_id in (select id from reviews)';
/** A claim on what somebody does not see would tell that it is there. */
const OF_SEEN = `agency_id = app_agency()
  and exists (select from occurrences o where o.media_id = review_claims.media_id)`;

const secured = (table: string): string => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy owner_all on ${table} for all to current_user using (true) with check (true);`;

const POLICIES = sql.raw(`
${['reviews', 'review_pages', 'review_claims'].map(secured).join('')}

create policy app_see on reviews for select to redthread_app using (${SELF});
create policy app_add on reviews for insert to redthread_app with check (${SELF});
create policy app_change on reviews for update to redthread_app using (${SELF}) with check (${SELF});
create policy app_remove on reviews for delete to redthread_app using (${SELF});
grant select, delete on reviews to redthread_app;
grant insert (id, agency_id, user_id, name, query) on reviews to redthread_app;
grant update (name, total, place, used_at) on reviews to redthread_app;

create policy app_see on review_pages for select to redthread_app using (${OF_OWN_REVIEW});
create policy app_add on review_pages for insert to redthread_app with check (${OF_OWN_REVIEW});
grant select, insert on review_pages to redthread_app;

create policy app_see on review_claims for select to redthread_app using (${OF_SEEN});
create policy app_claim on review_claims for insert to redthread_app with check (${OF_SEEN} and user_id = app_user());
create policy app_renew on review_claims for update to redthread_app using (${SELF}) with check (${SELF});
-- Whoever comes after a claim that has ended takes it away first: whose a claim is does not change.
create policy app_release on review_claims for delete to redthread_app using (${OF_SEEN} and (user_id = app_user() or until <= now()));
grant select, insert, update (until), delete on review_claims to redthread_app;

grant insert (decision_id) on verdicts to redthread_app;
`);

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const step of [TABLES, POLICIES]) await step.execute(db);
};

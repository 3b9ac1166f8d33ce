// What each new table of an agency has in common: row-level security that also holds for its owner, who sees all.

/** SQL for a table; what the roles of the programs see and write of it is the migration's to say. */
export const secured = (table: string): string => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy owner_all on ${table} for all to current_user using (true) with check (true);`;

// Records of destruction are signed with the key that signs the record, by whoever destroys; verifying the record reads them.
import { sql, type Kysely } from 'kysely';

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql
    .raw(
      `
create policy worker_signs on signing_keys for all to redthread_worker using (true) with check (previous is null);
grant select, insert on signing_keys to redthread_worker;
create policy sealer_reads on destructions for select to redthread_sealer using (true);
grant select on destructions to redthread_sealer;`,
    )
    .execute(db);
};

// A thousand ways to tamper with a record, each drawn at random: what is done, to which row, and how it can be found.
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql, type RawBuilder, type Transaction } from 'kysely';
import { createRandom, type Random } from '../../packages/core/test-support/random.js';
import type { Database } from '../../packages/server/src/store/index.js';
import { at, otherValue, pickRow, SEALED, TABLES, typeOf } from './record-rows.js';

export { createRandom, type Random };
type Trx = Transaction<Database>;

export interface Tampering {
  readonly what: string;
  /** `anchor`: only by what was left outside; `vault`: by verifying the vault; otherwise by the database alone. */
  readonly foundBy: 'record' | 'anchor' | 'vault';
  /** In the transaction; answers how to undo what lies outside of it. */
  apply(trx: Trx): Promise<(() => void) | void>;
}

/** A value becomes another one; of a byte string one bit. */
const flip = (random: Random): Tampering => {
  const table = random.pick(Object.keys(TABLES));
  const name = random.pick(TABLES[table]?.columns ?? []);
  return {
    what: `flip ${table}.${name}`,
    foundBy: 'record',
    apply: async (trx) => {
      const place = await pickRow(trx, random, table);
      if (table === 'audit_events' && name === 'id') {
        await sql`update audit_events set id = default where ${at(place)}`.execute(trx);
        return;
      }
      const column = await typeOf(trx, table, name);
      if (column.type === 'bytea') {
        const bit = random.whole(0, 1_000_000);
        const ref = sql.ref(name);
        await sql`update ${sql.table(table)} set ${ref} = case when ${ref} is null then ${randomBytes(32)}
          else set_bit(${ref}, ${bit}::bigint % (octet_length(${ref}) * 8), 1 - get_bit(${ref}, ${bit}::bigint % (octet_length(${ref}) * 8))) end
          where ${at(place)}`.execute(trx);
        return;
      }
      await sql`update ${sql.table(table)} set ${sql.ref(name)} = ${otherValue(column, random)} where ${at(place)}`.execute(
        trx,
      );
    },
  };
};

const remove = (random: Random): Tampering => {
  const table = random.pick(Object.keys(TABLES));
  return {
    what: `delete from ${table}`,
    foundBy: 'record',
    apply: async (trx) => {
      await sql`delete from ${sql.table(table)} where ${at(await pickRow(trx, random, table))}`.execute(trx);
    },
  };
};

const insert = (random: Random): Tampering => {
  const forged: readonly (readonly [what: string, statement: RawBuilder<unknown>])[] = [
    [
      'an event',
      sql`insert into audit_events (agency_id, user_id, login, type, request_id, at)
        select agency_id, user_id, login, type, 'forged', at from audit_events order by random() limit 1`,
    ],
    [
      'a seal at the end',
      sql`insert into audit_sealed select agency_id, number + 1, gen_random_uuid(), leaf, chain, commitments
        from audit_sealed order by number desc limit 1`,
    ],
    ['salts', sql`insert into audit_salts values (gen_random_uuid(), '{"login": "00"}')`],
    [
      'a head',
      sql`insert into audit_heads select agency_id, size + 1000, round + 1000, root, chain, at, key, signature from audit_heads
        order by random() limit 1`,
    ],
    [
      'a head over all logs',
      sql`insert into audit_record_heads select round + 1, logs, root, previous, anchor_count, anchor_chain, at, key, signature
        from audit_record_heads order by round desc limit 1`,
    ],
    [
      'a node',
      sql`insert into audit_tree_nodes select agency_id, level, position + 1, hash from audit_tree_nodes order by random() limit 1`,
    ],
    [
      'a signing key',
      sql`insert into signing_keys select md5(random()::text), public_key, (select key from signing_keys order by at desc limit 1),
        now(), endorsement, master_key_id, wrapped from signing_keys limit 1`,
    ],
  ];
  const [what, statement] = random.pick(forged);
  return {
    what: `insert ${what}`,
    foundBy: 'record',
    apply: async (trx) => {
      await statement.execute(trx);
    },
  };
};

/** Two rows of a log exchange what they hold in one column. */
const swap = (random: Random): Tampering => {
  const [table, column] = random.pick([
    ['audit_sealed', 'event'],
    ['audit_sealed', 'leaf'],
    ['audit_sealed', 'chain'],
    ['audit_sealed', 'commitments'],
    ['audit_sealed', 'number'],
    ['audit_events', 'detail'],
    ['audit_events', 'at'],
    ['audit_events', 'request_id'],
    ['audit_events', 'uid'],
    ['audit_salts', 'salts'],
    ['audit_heads', 'root'],
    ['audit_heads', 'signature'],
    ['audit_record_heads', 'signature'],
    ['audit_record_heads', 'root'],
  ] as const);
  const ref = sql.ref(column);
  return {
    what: `swap ${table}.${column}`,
    foundBy: 'record',
    apply: async (trx) => {
      const first = await pickRow(trx, random, table);
      const { rows } = await sql<{ place: string }>`select t.ctid::text as place from ${sql.table(table)} t
        where ${sql.raw(TABLES[table]?.of ?? 'true')} and t.ctid <> ${first}::tid
          and to_jsonb(t) -> ${column} <> (select to_jsonb(o) -> ${column} from ${sql.table(table)} o where o.ctid = ${first}::tid)
          ${table === 'audit_sealed' ? sql`and t.agency_id = (select agency_id from audit_sealed where ctid = ${first}::tid)` : sql``}
        order by t.ctid`.execute(trx);
      const second = random.pick(rows).place;
      const read = async (place: string) =>
        (
          await sql<{
            value: unknown;
          }>`select ${ref}::text as value from ${sql.table(table)} where ${at(place)}`.execute(trx)
        ).rows[0]?.value;
      const [a, b] = [await read(first), await read(second)];
      const { type } = await typeOf(trx, table, column);
      const keys = ['number', 'event', 'uid'].includes(column);
      // A unique column cannot hold the same value twice even for a moment.
      if (keys)
        await sql`update ${sql.table(table)} set ${ref} = ${type === 'bigint' ? sql`${ref} + 1000000` : sql`gen_random_uuid()`} where ${at(first)}`.execute(
          trx,
        );
      const moved = keys
        ? ((await sql<{ place: string }>`select max(ctid)::text as place from ${sql.table(table)}`.execute(trx)).rows[0]
            ?.place ?? first)
        : first;
      const set = (place: string, value: unknown) =>
        sql`update ${sql.table(table)} set ${ref} = ${value}::${sql.raw(type)} where ${at(place)}`.execute(trx);
      await set(second, a);
      await set(moved, b);
    },
  };
};

const truncate = (random: Random): Tampering => {
  const table = random.pick([
    'audit_events',
    'audit_sealed',
    'audit_salts',
    'audit_heads',
    'audit_record_heads',
    'audit_tree_nodes',
  ]);
  const isWhole = random.next() < 0.2;
  const order = {
    audit_sealed: 'number',
    audit_heads: 'size',
    audit_record_heads: 'round',
    audit_tree_nodes: 'position',
  }[table];
  const kept = random.whole(0, 3);
  return {
    what: `truncate ${table}`,
    foundBy: 'record',
    apply: async (trx) => {
      if (isWhole) await sql`delete from ${sql.table(table)}`.execute(trx);
      else
        await sql`delete from ${sql.table(table)} where ctid in (select t.ctid from ${sql.table(table)} t
          where ${sql.raw(TABLES[table]?.of ?? 'true')} order by ${order === undefined ? sql`t.ctid` : sql.ref(order)} desc limit ${kept + 1})`.execute(
          trx,
        );
    },
  };
};

/** Clear text of a sealed event: another one, none, or one that was erased put back. */
const text = (random: Random): Tampering => {
  const [what, statement] = random.pick([
    [
      'login',
      sql`update audit_events t set login = login || ' ' where ctid = (select t.ctid from audit_events t where login is not null and ${sql.raw(SEALED)} order by random() limit 1)`,
    ],
    [
      'purpose',
      sql`update audit_events t set purpose = null where ctid = (select t.ctid from audit_events t where purpose is not null and ${sql.raw(SEALED)} order by random() limit 1)`,
    ],
    [
      'detail',
      sql`update audit_events t set detail = detail || '{"reference": "another"}' where ctid = (select t.ctid from audit_events t where detail ? 'reference' and ${sql.raw(SEALED)} order by random() limit 1)`,
    ],
    [
      'text and salt',
      sql`with gone as (update audit_events t set login = null where ctid = (select t.ctid from audit_events t where login is not null and type <> 'audit-erase' and ${sql.raw(SEALED)} order by random() limit 1) returning uid)
      update audit_salts set salts = salts - 'login' where event in (select uid from gone)`,
    ],
    [
      'an erased login',
      sql`update audit_events t set login = 'somebody' where ctid = (select t.ctid from audit_events t where login is null and user_id is not null and ${sql.raw(SEALED)} order by random() limit 1)`,
    ],
  ] as const);
  return {
    what: `clear text: ${what}`,
    foundBy: 'record',
    apply: async (trx) => {
      await statement.execute(trx);
    },
  };
};

const reference = (random: Random): Tampering => {
  const [kind, table] = random.pick([
    ['media', 'media'],
    ['case', 'cases'],
    ['exhibit', 'exhibits'],
    ['list', 'lists'],
    ['user', 'users'],
  ] as const);
  return {
    what: `reference ${table}`,
    foundBy: 'record',
    apply: async (trx) => {
      await sql`delete from ${sql.table(table)} where id::text = (select object_id from audit_events
        where object_kind = ${kind} and type <> 'refusal' order by random() limit 1)`.execute(trx);
    },
  };
};

/** Everything after a round gone without a trace: the record as it once was. */
const rollBack = (random: Random, { anchoredRound }: Facts): Tampering => {
  const round = random.whole(1, anchoredRound - 1);
  return {
    what: 'roll back the record',
    foundBy: 'anchor',
    apply: async (trx) => {
      await sql`delete from audit_events e using audit_sealed s where s.event = e.uid and s.number >
        coalesce((select max(h.size) from audit_heads h where h.agency_id = s.agency_id and h.round <= ${round}), 0)`.execute(
        trx,
      );
      await sql`delete from audit_salts t where not exists (select from audit_events e where e.uid = t.event)`.execute(
        trx,
      );
      await sql`delete from audit_sealed s where not exists (select from audit_events e where e.uid = s.event)`.execute(
        trx,
      );
      await sql`delete from audit_tree_nodes n where (n.position + 1) * 2 ^ n.level >
        (select max(s.number) from audit_sealed s where s.agency_id = n.agency_id)`.execute(trx);
      for (const table of ['audit_heads', 'audit_record_heads', 'audit_anchors'])
        await sql`delete from ${sql.table(table)} where round > ${round}`.execute(trx);
      // What had been erased since is there again.
      await undoErasure(trx, round);
    },
  };
};

/** One table as it was once, the others as they are. */
const rollBackOne = (random: Random, { anchoredRound }: Facts): Tampering => {
  const table = random.pick(['audit_heads', 'audit_record_heads'] as const);
  const round = random.whole(1, anchoredRound - 1);
  return {
    what: `roll back ${table}`,
    foundBy: 'record',
    apply: async (trx) => {
      await sql`delete from ${sql.table(table)} where round > ${round}`.execute(trx);
    },
  };
};

const undoErasure = async (trx: Trx, round: number): Promise<void> => {
  await sql`update audit_events e set login = k.login from erased_kept k where k.uid = e.uid and k.round > ${round}`.execute(
    trx,
  );
  await sql`update audit_salts t set salts = k.salts from erased_kept k where k.uid = t.event and k.round > ${round}`.execute(
    trx,
  );
};

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

const vault = (random: Random, { vaultFolder }: Facts): Tampering => {
  const kind = random.pick(['flip', 'delete', 'truncate', 'swap', 'append'] as const);
  return {
    what: `vault: ${kind}`,
    foundBy: 'vault',
    apply: async () => {
      const files = filesBelow(vaultFolder).sort();
      const [path, other] = [random.pick(files), random.pick(files)];
      const [before, otherBefore] = [readFileSync(path), readFileSync(other)];
      if (kind === 'delete' || (kind === 'swap' && path === other)) rmSync(path);
      else if (kind === 'truncate') truncateSync(path, random.whole(0, before.length - 1));
      else if (kind === 'append') writeFileSync(path, Buffer.concat([before, randomBytes(random.whole(1, 9))]));
      else if (kind === 'swap') {
        writeFileSync(path, otherBefore);
        writeFileSync(other, before);
      } else {
        const changed = Buffer.from(before);
        const place = random.whole(0, before.length - 1);
        changed[place] = (changed[place] ?? 0) ^ (1 << random.whole(0, 7));
        writeFileSync(path, changed);
      }
      return () => {
        writeFileSync(path, before);
        writeFileSync(other, otherBefore);
      };
    },
  };
};

export interface Facts {
  /** The last round whose head is in the anchor file. */
  readonly anchoredRound: number;
  readonly vaultFolder: string;
}

const KINDS: readonly (readonly [weight: number, draw: (random: Random, facts: Facts) => Tampering])[] = [
  [35, flip],
  [12, remove],
  [8, insert],
  [12, swap],
  [8, truncate],
  [9, text],
  [4, reference],
  [4, rollBack],
  [2, rollBackOne],
  [6, vault],
];

export const drawTampering = (random: Random, facts: Facts): Tampering => {
  let left = random.next() * KINDS.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, draw] of KINDS) if ((left -= weight) < 0) return draw(random, facts);
  return flip(random);
};

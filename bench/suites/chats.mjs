// How chats are read and joined: messages against truth, exports of one group against each other, who was in when. A part is a file of bench/lib/chats with `rows`, and
// `prepare` and `finish` where it has something to set up; each prepares for its own rows only.
import * as membership from '../lib/chats/membership.mjs';
import * as merged from '../lib/chats/merged.mjs';
import * as messages from '../lib/chats/messages.mjs';
import * as propagation from '../lib/chats/propagation.mjs';
import * as store from '../lib/chats/store.mjs';
import { ufdrRow } from '../lib/chats/ufdr-row.mjs';

const PARTS = { messages, merged, membership, propagation, store, ufdr: { rows: [ufdrRow] } };

const isWanted = (part, { rows }) => part.rows.some(({ name }) => rows.includes(name));

/** What each part prepared, under its name. */
export const prepare = async (context) => {
  const prepared = {};
  for (const [name, part] of Object.entries(PARTS))
    if (isWanted(part, context)) prepared[name] = await part.prepare?.(context);
  return prepared;
};

export const rows = Object.values(PARTS).flatMap((part) => part.rows);

export const finish = async (context, prepared) => {
  for (const [name, part] of Object.entries(PARTS)) await part.finish?.(context, prepared?.[name]);
};

// What isolation, accountability and integrity cost. Each part brings its rows and prepares for those of them that run; a part is a
// file of bench/lib/trust with `rows`, and `prepare` and `finish` where it has something to set up.
import * as audit from '../lib/trust/audit.mjs';
import * as hidden from '../lib/trust/hidden.mjs';
import * as rls from '../lib/trust/rls.mjs';
import * as upload from '../lib/trust/upload.mjs';

const PARTS = { audit, hidden, rls, upload };

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

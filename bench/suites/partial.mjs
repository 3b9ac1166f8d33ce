// What is found of a picture that was cut, framed, turned or photographed from a screen, what of a place that is seen from elsewhere, and what that costs.
import * as costs from '../lib/partial/cost-rows.mjs';
import * as edits from '../lib/partial/edit-rows.mjs';
import * as views from '../lib/partial/view-rows.mjs';
import { originals, scaled } from '../lib/partial/pictures.mjs';

const PICTURES = scaled(60);
const PARTS = [edits, views, costs];

export const rows = PARTS.flatMap((part) => part.rows);

/** Each part prepares for its own rows only; the pictures that two of them look for are drawn once. */
export const prepare = async (context) => {
  const prepared = {};
  let drawn;
  const files = () => (drawn ??= originals(context, PICTURES));
  for (const part of PARTS) Object.assign(prepared, await part.prepare({ ...context, files }));
  return prepared;
};

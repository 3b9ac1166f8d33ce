// Loads a suite and refuses one that does not have the form of bench/README.md, before an hour is spent on it.
import { existsSync, readdirSync } from 'node:fs';

const FOLDER = new URL('../suites/', import.meta.url);

export const suiteNames = () =>
  (existsSync(FOLDER) ? readdirSync(FOLDER) : [])
    .filter((file) => file.endsWith('.mjs'))
    .map((file) => file.slice(0, -'.mjs'.length))
    .sort();

/** @returns {Promise<{ name, rows, prepare, finish }>} Throws an Error whose message names what is wrong. */
export const loadSuite = async (name) => {
  const {
    rows,
    prepare = () => undefined,
    finish = () => undefined,
  } = await import(new URL(`${name}.mjs`, FOLDER).href);
  const problems = Array.isArray(rows) ? rows.flatMap(problemsOf) : ['it exports no array `rows`'];
  if (problems.length > 0) throw new Error(`Suite ${name}: ${problems.join('; ')}`);
  return { name, rows, prepare, finish };
};

const problemsOf = (row, index) => {
  const who = typeof row?.name === 'string' ? row.name : `row ${index}`;
  const wrong = (condition, what) => (condition ? [`${who}: ${what}`] : []);
  return [
    ...wrong(typeof row?.name !== 'string', '`name` is not a string'),
    ...wrong(typeof row?.unit !== 'string', '`unit` is not a string'),
    ...wrong(row?.better !== 'higher' && row?.better !== 'lower', '`better` is neither "higher" nor "lower"'),
    ...wrong(row?.bar !== undefined && row.bar !== null && !Number.isFinite(row.bar), '`bar` is not a number'),
    ...wrong(row?.runs !== undefined && !(Number.isInteger(row.runs) && row.runs > 0), '`runs` is not a whole number'),
    ...wrong(typeof row?.run !== 'function', '`run` is not a function'),
  ];
};

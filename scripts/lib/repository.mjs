// Where things are in this repository, and what has to be true before any script can work.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const inRoot = (path) => fileURLToPath(new URL(path, new URL('../../', import.meta.url)));

const OLDEST_NODE = [20, 19];

/** Ends the program with one clear sentence where Node is too old. */
export const requireNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  stop(
    `Redthread needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}. See https://nodejs.org/`,
  );
};

/** The same, and where the packages were never installed. */
export const requireReady = () => {
  requireNode();
  if (!existsSync(inRoot('node_modules/typescript'))) stop('The packages are not installed yet. Run: npm ci');
};

/** Says why on stderr and ends: 1 for "could not", 2 for a wrong argument. */
export const stop = (message, exitCode = 1) => {
  process.stderr.write(`${message}\n`);
  process.exit(exitCode);
};

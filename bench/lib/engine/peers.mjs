// Native programs that do the same search on the same data: built or found on this machine, and left out with a line where they are not.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../../../scripts/lib/repository.mjs';

/** Path of the flat scan, built once for this processor; null where there is no compiler. */
const flatScan = (context) => {
  const program = join(context.tempDir, 'hamming-flat');
  if (existsSync(program)) return program;
  const source = inRoot('bench/peers/hamming-flat.cpp');
  const built = spawnSync('g++', ['-O3', '-march=native', source, '-o', program], { encoding: 'utf8' });
  if (built.status === 0) return program;
  context.say('no g++: the native flat scan is left out');
  return null;
};

/** A Python that has faiss; null where there is none. */
const pythonWithFaiss = (context) => {
  const found = ['/usr/bin/python3', 'python3'].find(
    (python) => spawnSync(python, ['-c', 'import faiss'], { stdio: 'ignore' }).status === 0,
  );
  if (found === undefined) context.say('no faiss for Python: left out');
  return found ?? null;
};

const ask = (program, args) => JSON.parse(execFileSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 20 }));

/**
 * What each peer reaches on these hashes and queries: `{ peer, peerVersion, peerValue, hits }`, best first. `withFaiss` names its indexes
 * to try (`flat`, `multihash`).
 */
export const measurePeers = (context, name, { hashes, queries, radius, withFaiss = [] }) => {
  const files = [join(context.tempDir, `${name}.hashes`), join(context.tempDir, `${name}.queries`)];
  if (!existsSync(files[0])) writeInParts(files[0], hashes);
  writeFileSync(files[1], queries);
  const results = [];
  const program = flatScan(context);
  if (program !== null) {
    const { queriesPerCpuSecond, hits } = ask(program, [...files, String(radius)]);
    results.push({ peer: 'C++ flat scan', peerVersion: compilerVersion(), peerValue: queriesPerCpuSecond, hits });
  }
  const python = withFaiss.length > 0 ? pythonWithFaiss(context) : null;
  for (const kind of python === null ? [] : withFaiss) {
    const script = inRoot('bench/peers/faiss-binary.py');
    const { version, queriesPerCpuSecond, hits } = ask(python, [script, ...files, String(radius), kind]);
    results.push({ peer: `faiss ${kind}`, peerVersion: version, peerValue: queriesPerCpuSecond, hits });
  }
  for (const { peer, peerValue, hits } of results) {
    context.say(`  ${name}: ${peer} ${Math.round(peerValue)} queries/s of processor time, ${hits} hits`);
  }
  return results.sort((a, b) => b.peerValue - a.peerValue);
};

const compilerVersion = () => `g++ ${execFileSync('g++', ['-dumpversion'], { encoding: 'utf8' }).trim()}`;

/** One write over 2 GiB fails. */
const writeInParts = (file, bytes) => {
  writeFileSync(file, '');
  for (let at = 0; at < bytes.length; at += 2 ** 30)
    writeFileSync(file, bytes.subarray(at, at + 2 ** 30), { flag: 'a' });
};

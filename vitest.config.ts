// Three tiers of tests: unit (beside the code), medium (real PostgreSQL, real decoders), e2e (real Chromium).
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { keepInMemory } from './test/support/scratch.js';

keepInMemory();

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** Unit tests run the sources beside them. */
const sources = [
  { find: /^@redthread\/(core|synth|server)$/, replacement: source('packages/$1/src/index.ts') },
  { find: /^@redthread\/(core|synth|server)\/(.+)$/, replacement: source('packages/$1/src/$2/index.ts') },
];
/**
 * The other tiers run what is compiled, as users do: programs that a test starts and functions that it calls are one build. Node
 * loads it as it is, where transforming a thousand sources for each file of tests took seconds.
 */
const compiled = {
  alias: [{ find: /^.*\/packages\/(core|synth|server)\/src\/(.+)$/, replacement: source('packages/$1/dist/$2') }],
};
/** What is awaited comes, also where something else keeps a core busy: a limit is for what never does. */
const patient = { poll: { timeout: 30_000 } };
const asItIs = { deps: { external: [/\/packages\/(core|synth|server)\/dist\//] } };

/** Files that take longest beside their size: begun late, each would keep one core for itself at the end of the tier. */
const DEAREST = ['kill-ingest', 'remote-ingest', 'remote-interruptions', 'demo-instance'];
/** Those first, then the largest files, as vitest orders them by itself. */
class DearestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isDear = ({ moduleId }: TestSpecification): boolean =>
      DEAREST.some((name) => moduleId.endsWith(`/${name}.test.ts`));
    const sorted = await super.sort(files);
    return [...sorted.filter(isDear), ...sorted.filter((file) => !isDear(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: DearestFirst },
    projects: [
      {
        resolve: { alias: sources },
        // Both of two cores: vitest leaves one of them to itself unless it is told.
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.{ts,tsx}'],
          testTimeout: 30_000,
          maxWorkers: '100%',
          // One process reads a source once for all of its files: none of them changes what another one sees.
          isolate: false,
        },
      },
      {
        resolve: compiled,
        test: {
          name: 'medium',
          server: asItIs,
          expect: patient,
          include: ['test/medium/**/*.test.ts'],
          globalSetup: ['test/medium/new-store.ts', 'test/support/drawn.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          // Each file has its own database, server and decoders; most of its time it waits for one of them.
          maxWorkers: 2,
          // The same modules serve one file after the other: the program keeps what it knows in stores, not in modules.
          isolate: false,
        },
      },
      {
        resolve: compiled,
        test: {
          name: 'e2e',
          server: asItIs,
          expect: patient,
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/support/instance.ts', 'test/support/drawn.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          // One browser at a time: two leave each other's pages so slow on two cores that waits of seconds run out.
          fileParallelism: false,
        },
      },
    ],
  },
});

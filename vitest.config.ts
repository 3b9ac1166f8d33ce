// Three tiers of tests: unit (beside the code), medium (real PostgreSQL, real decoders), e2e (real Chromium).
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const alias = [
  { find: /^@redthread\/(core|synth|server)$/, replacement: source('packages/$1/src/index.ts') },
  { find: /^@redthread\/(core|synth|server)\/(.+)$/, replacement: source('packages/$1/src/$2/index.ts') },
];

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: { name: 'unit', include: ['packages/*/src/**/*.test.{ts,tsx}'], testTimeout: 30_000 },
      },
      {
        resolve: { alias },
        test: {
          name: 'medium',
          include: ['test/medium/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          // Each file has its own database, server and decoders; most of its time it waits for one of them.
          maxWorkers: 2,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});

// Builds the review application: everything bundled, nothing inline, nothing from another origin, and no more to load
// before the first page than its budget.
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** JavaScript that a browser loads before it can draw anything, gzipped. */
const INITIAL_JS_BUDGET_KB = 300;

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Prints what the entry pulls in by itself, and fails the build above the budget. */
const initialJsBudget = (): Plugin => ({
  name: 'initial-js-budget',
  apply: 'build',
  generateBundle(_options, bundle) {
    const seen = new Set<string>();
    const visit = (name: string): void => {
      const chunk = bundle[name];
      if (chunk?.type !== 'chunk' || seen.has(name)) return;
      seen.add(name);
      chunk.imports.forEach(visit);
    };
    for (const [name, chunk] of Object.entries(bundle)) if (chunk.type === 'chunk' && chunk.isEntry) visit(name);
    let bytes = 0;
    for (const name of seen) {
      const chunk = bundle[name];
      if (chunk?.type === 'chunk') bytes += gzipSync(chunk.code).length;
    }
    const words = `initial JavaScript: ${Math.round(bytes / 1000)} kB gzipped of at most ${INITIAL_JS_BUDGET_KB} kB`;
    if (bytes > INITIAL_JS_BUDGET_KB * 1000) this.error(words);
    this.info(words);
  },
});

export default defineConfig({
  plugins: [react(), initialJsBudget()],
  resolve: { alias: [{ find: /^@redthread\/core\/(.+)$/, replacement: path('../core/src/$1/index.ts') }] },
  build: {
    target: 'es2022',
    outDir: 'dist',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': process.env['REDTHREAD_URL'] ?? 'http://127.0.0.1:4480' } },
});

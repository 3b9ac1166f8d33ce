// Builds the review application: everything bundled, nothing inline, nothing from another origin, and no more to load
// before the first page than its budget.
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type Rolldown } from 'vite';

/** JavaScript that a browser loads before it can draw anything, gzipped. */
const INITIAL_JS_BUDGET_KB = 300;

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Begun by the entry once the words of a language are there; loaded beside it all the same. */
const APPLICATION = '/src/app/app.tsx';

type Bundle = Readonly<Record<string, Rolldown.OutputChunk | Rolldown.OutputAsset>>;

/** What the entry and the application pull in by themselves. */
const initialChunks = (bundle: Bundle): ReadonlyMap<string, Rolldown.OutputChunk> => {
  const found = new Map<string, Rolldown.OutputChunk>();
  const visit = (name: string): void => {
    const chunk = bundle[name];
    if (chunk?.type !== 'chunk' || found.has(name)) return;
    found.set(name, chunk);
    chunk.imports.forEach(visit);
  };
  for (const [name, chunk] of Object.entries(bundle))
    if (chunk.type === 'chunk' && (chunk.isEntry || chunk.facadeModuleId?.endsWith(APPLICATION) === true)) visit(name);
  return found;
};

/** Prints what is initial, and fails the build above the budget. */
const initialJsBudget = (): Plugin => ({
  name: 'initial-js-budget',
  apply: 'build',
  generateBundle(_options, bundle) {
    let bytes = 0;
    for (const { code } of initialChunks(bundle).values()) bytes += gzipSync(code).length;
    const words = `initial JavaScript: ${Math.round(bytes / 1000)} kB gzipped of at most ${INITIAL_JS_BUDGET_KB} kB`;
    if (bytes > INITIAL_JS_BUDGET_KB * 1000) this.error(words);
    this.info(words);
  },
});

/** The page names all that is initial, so that nothing of it waits for the entry to ask. */
const initialLinks = (): Plugin => ({
  name: 'initial-links',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle }) {
      if (bundle === undefined) return [];
      const chunks = [...initialChunks(bundle)];
      const links = [
        ...chunks.map(([name]) => ({ rel: 'modulepreload', href: `/${name}` })),
        ...chunks
          .flatMap(([, chunk]) => [...(chunk.viteMetadata?.importedCss ?? [])])
          .map((name) => ({ rel: 'stylesheet', href: `/${name}` })),
      ];
      return links
        .filter(({ href }) => !html.includes(`"${href}"`))
        .map((attrs) => ({ tag: 'link', attrs: { ...attrs, crossorigin: true }, injectTo: 'head' as const }));
    },
  },
});

export default defineConfig({
  plugins: [react(), initialJsBudget(), initialLinks()],
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

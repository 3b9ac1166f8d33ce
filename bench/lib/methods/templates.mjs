// Pages, chats, forms, cards, slides and skies on one template each, with other content for every seed: the pictures that are confused most.
// The drawings of the tests, in seeds that no test and no tuning uses.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import ts from 'typescript';

const SOURCES = new URL('../../../packages/core/test-support/', import.meta.url);

/** Test support is no part of the build: its two modules are compiled here. */
const loadDrawings = async (folder) => {
  for (const name of ['random', 'drawings']) {
    const source = await readFile(new URL(`${name}.ts`, SOURCES), 'utf8');
    const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
    await writeFile(join(folder, `${name}.js`), ts.transpileModule(source, { compilerOptions: options }).outputText);
  }
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const load = (name) => import(pathToFileURL(join(folder, `${name}.js`)).href);
  return { ...(await load('drawings')), ...(await load('random')) };
};

/** `count` drawings on every template: [{ file, group }]. */
export const drawTemplates = async (folder, seed, count) => {
  await mkdir(folder, { recursive: true });
  const { createRandom, DRAWINGS } = await loadDrawings(folder);
  const pictures = [];
  for (const [at, [kind, draw]] of Object.entries(DRAWINGS).entries()) {
    for (let i = 0; i < count; i++) {
      const file = join(folder, `${at}-${i}.png`);
      await sharp(Buffer.from(draw(createRandom(seed + i)).svg))
        .flatten({ background: '#fff' })
        .png()
        .toFile(file);
      pictures.push({ file, group: kind });
    }
  }
  return pictures;
};

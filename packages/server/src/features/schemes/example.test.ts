// The file that the documentation shows can be loaded.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readSchemeFile } from '@redthread/core/schemes';

it('stands in docs/schemes.md as it is read', () => {
  const page = readFileSync(fileURLToPath(new URL('../../../../../docs/schemes.md', import.meta.url)), 'utf8');
  const example = /```json\n([^`]*)```/.exec(page)?.[1] ?? '';
  expect(readSchemeFile(example).maps[0]?.entries).toHaveLength(2);
});

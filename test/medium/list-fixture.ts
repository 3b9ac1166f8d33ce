// A store with one officer, into which lists are imported by the command line.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { List } from '../../packages/core/src/contract/index.js';
import { registerAccountCommands } from '../../packages/server/src/features/accounts/commands.js';
import { registerListCommands } from '../../packages/server/src/features/lists/commands.js';
import { registerSearchCommands } from '../../packages/server/src/features/search/commands.js';
import type { ListEntry } from '../../packages/server/src/formats/lists/index.js';
import type { Store } from '../../packages/server/src/store/index.js';
import { commandLine, jsonOf, type Said } from './command-line.js';
import { openNewStore } from './new-store.js';
import { temporaryFolder } from './store-fixture.js';

export interface ListFixture {
  readonly store: Store<'app' | 'owner' | 'worker'>;
  readonly data: string;
  /** For files that are no store. */
  readonly folder: string;
  redthread(...words: string[]): Promise<Said>;
  /** Answers its path. */
  fileOf(name: string, content: string): string;
  /** Imports and answers the list, with what was noted. */
  imported(files: readonly string[], ...options: string[]): Promise<List>;
  /** What stands in the files of a version. */
  entriesOf(list: string): ListEntry[];
  digestsOf(list: string): string[];
  close(): Promise<void>;
}

export const hex = (sign: string, length = 32): string => sign.repeat(length);
export const VICS = 'http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/US/$metadata#Media';
export const vics = (context: string, value: unknown[]): string => JSON.stringify({ '@odata.context': context, value });

export const openListFixture = async (): Promise<ListFixture> => {
  const folder = temporaryFolder();
  const data = join(folder.path, 'data');
  const store = await openNewStore(data, ['app', 'owner', 'worker']);
  const redthread = (...words: string[]): Promise<Said> =>
    commandLine(data, [registerAccountCommands, registerListCommands, registerSearchCommands])(...words);
  const roles = 'administrator,officer';
  await redthread('user', 'add', 'anna', '--agency', 'Norte', '--country', 'ES', '--role', roles, '--no-password');
  const entriesOf = (list: string): ListEntry[] => {
    const entries = store.lists.folders.of(list).openEntries();
    try {
      return [...entries.batches()].flatMap((batch) => batch.entries);
    } finally {
      entries.close();
    }
  };
  return {
    store,
    data,
    folder: folder.path,
    redthread,
    fileOf: (name, content) => {
      const path = join(folder.path, name);
      writeFileSync(path, content);
      return path;
    },
    imported: async (files, ...options) => {
      const { out } = await redthread('list', 'import', ...files, '--json', ...options);
      return jsonOf<List>(out)[0]!;
    },
    entriesOf,
    digestsOf: (list) => {
      const named = entriesOf(list).flatMap(({ md5, sha1, sha256 }) => [md5, sha1, sha256]);
      return [...new Set(named.filter((one) => one !== null))].sort();
    },
    close: async () => {
      await store.close();
      folder.remove();
    },
  };
};

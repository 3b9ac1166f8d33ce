// Chat exports below a path, without a database: in a folder, an archive, or a file by itself, with what lies beside each.
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fail } from '@redthread/core/errors';
import type { ChatFormat } from '@redthread/core/chats';
import { CHAT_HEAD_BYTES, detectChat, type ChatSource } from '../../formats/chats/index.js';
import { walk } from '../../media/walk/index.js';

export interface ChatFile {
  readonly source: ChatSource;
  readonly format: ChatFormat;
}

const TEXTS = /\.(?:txt|json|html?|md|xml|jsonl)$/i;
const ARCHIVES = /\.(?:zip|tar|tgz|tar\.gz)$/i;
const MOST_BESIDE = 500_000;

/** Errors: SOURCE_UNREADABLE; those of the walk. */
export async function* chatFiles(path: string): AsyncGenerator<ChatFile> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw fail('SOURCE_UNREADABLE', `${path}: ${error.code ?? 'unknown reason'}`);
  });
  if (info.isDirectory()) yield* chatsOfFolder(path);
  else if (ARCHIVES.test(path)) yield* chatsOfArchive(path);
  else {
    const found = await chatOf(basename(path), () => createReadStream(path), await namesIn(dirname(path)));
    if (found !== null) yield found;
  }
}

async function* chatsOfFolder(folder: string): AsyncGenerator<ChatFile> {
  const names = await namesIn(folder);
  for (const name of [...names].sort()) {
    if (ARCHIVES.test(name)) yield* chatsOfArchive(join(folder, name));
    else if (TEXTS.test(name)) {
      const found = await chatOf(
        `${basename(folder)}/${name}`,
        () => createReadStream(join(folder, name)),
        below(names, dirname(name)),
      );
      if (found !== null) yield found;
    }
  }
}

async function* chatsOfArchive(archive: string): AsyncGenerator<ChatFile> {
  const names = new Set<string>();
  for await (const entry of walk(archive))
    if (entry.about === 'entry' && entry.failure === undefined) names.add(entry.path);
  for (const name of names) {
    if (!TEXTS.test(name)) continue;
    const found = await chatOf(
      `${basename(archive)}/${name}`,
      () => entryOf(archive, name),
      below(names, dirname(name)),
    );
    if (found !== null) yield found;
  }
}

/** An entry of an archive is read once in a walk: each time, another walk goes to it. */
async function* entryOf(archive: string, path: string): AsyncGenerator<Uint8Array> {
  for await (const entry of walk(archive)) {
    if (entry.path !== path || entry.about !== 'entry') continue;
    yield* (await entry.open()) as AsyncIterable<Uint8Array>;
    return;
  }
}

const chatOf = async (
  path: string,
  open: () => AsyncIterable<Uint8Array>,
  beside: ReadonlySet<string>,
): Promise<ChatFile | null> => {
  const format = detectChat(path, await headOf(open()));
  return format === null ? null : { format, source: { path, open, beside } };
};

const headOf = async (bytes: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= CHAT_HEAD_BYTES) break;
  }
  return Buffer.concat(parts).subarray(0, CHAT_HEAD_BYTES);
};

const namesIn = async (folder: string): Promise<Set<string>> => {
  const names = new Set<string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    if (names.size >= MOST_BESIDE) throw fail('SOURCE_UNREADABLE', `${folder}: more than ${MOST_BESIDE} files`);
    names.add(join(entry.parentPath, entry.name).slice(join(folder, '/').length).replaceAll('\\', '/'));
  }
  return names;
};

const below = (names: ReadonlySet<string>, folder: string): ReadonlySet<string> => {
  if (folder === '.' || folder === '') return names;
  const start = `${folder}/`;
  return new Set([...names].filter((name) => name.startsWith(start)).map((name) => name.slice(start.length)));
};

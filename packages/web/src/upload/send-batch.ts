// One batch of files: what an earlier run left is skipped, the rest is hashed here and asked for; only what the server names is
// sent. A file that cannot be read, or changes meanwhile, is stored as such: it keeps none of the others.
import { toHex } from '@redthread/core/audit';
import {
  IngestBatchAnswer,
  SeenAnswer,
  type IngestContent,
  type IngestLimits,
  type IngestEntryInput,
} from '@redthread/core/contract';
import { fail, isRedthreadError, type ItemErrorCode } from '@redthread/core/errors';
import { judge, printable, sendContents, type Call, type Find, type PatientClient } from '@redthread/core/sending';
import { hashFile, letGo, readPart, sha256Of } from './hash-file.js';
import type { NamedFile } from './named-files.js';
import type { Tally } from './tally.js';

export interface Sending {
  readonly client: PatientClient;
  readonly runId: string;
  readonly limits: IngestLimits;
  /** An earlier run has stored some of it. */
  readonly isResumed: boolean;
  readonly tally: Tally;
  /** Errors: INGEST_ENDED when whoever began it wants it to end. */
  readonly checkStopped: () => void;
}

const LONGEST_DETAIL = 2000;
/** How often a server may name contents that were sent already before we stop believing it. */
const ROUNDS = 5;

interface Hashed extends NamedFile {
  readonly content: IngestContent;
}

interface Unread extends NamedFile {
  readonly failure: { readonly code: ItemErrorCode; readonly detail: string };
}

/** Errors: those of the server; INGEST_ENDED. */
export const sendBatch = async (sending: Sending, batch: readonly NamedFile[]): Promise<void> => {
  const { todo, changed } = sending.isResumed ? await withoutSeen(sending, batch) : { todo: batch, changed: [] };
  const hashed: Hashed[] = [];
  const unread: Unread[] = [];
  for (const one of todo) {
    sending.checkStopped();
    const read = await hash(sending, one);
    if ('content' in read) hashed.push(read);
    else unread.push(read);
  }
  await store(sending, hashed, unread, changed);
};

/**
 * An archive that is the exhibit is stored by itself, and held against what an earlier run said of it before anything else.
 * Errors: those of the server, EXHIBIT_SOURCE_DIFFERS among them; FILE_MISSING, FILE_UNREADABLE; INGEST_ENDED.
 */
export const sendContainer = async (sending: Sending, archive: NamedFile): Promise<void> => {
  const read = await hash(sending, archive);
  if ('failure' in read) throw fail(read.failure.code, read.failure.detail);
  await sending.client.send({ method: 'PUT', path: `/ingests/${sending.runId}/container`, json: read.content });
  await store(sending, [read], [], []);
};

/** What the server has of an earlier run is not read again; where it has another file at the path, that is said. */
const withoutSeen = async (
  { client, runId, tally }: Sending,
  batch: readonly NamedFile[],
): Promise<{ readonly todo: readonly NamedFile[]; readonly changed: readonly string[] }> => {
  const json = { paths: batch.map(({ facts }) => facts.path) };
  const { items } = await client.call({ method: 'POST', path: `/ingests/${runId}/seen`, json }, SeenAnswer);
  const seen = new Map(items.map((item) => [item.path, item]));
  const verdicts = batch.map((one) => ({ one, verdict: judge(seen.get(one.facts.path), one.facts.stateKey) }));
  const having = (wanted: string): NamedFile[] =>
    verdicts.flatMap(({ one, verdict }) => (verdict === wanted ? [one] : []));
  const changed = having('changed');
  for (const one of changed)
    tally.tell(one, 'FILE_CHANGED', 'another file of this name is in the exhibit; this one was not taken in');
  tally.skipped([...having('seen'), ...changed]);
  return { todo: having('new'), changed: changed.map(({ facts }) => facts.path) };
};

const hash = async ({ tally, checkStopped }: Sending, one: NamedFile): Promise<Hashed | Unread> => {
  const { size } = one.file;
  let counted = 0;
  try {
    const digest = await hashFile(one.file, (bytes) => {
      counted += bytes;
      tally.hashed(bytes);
      checkStopped();
    });
    return { ...one, content: { sha256: toHex(digest), sizeBytes: size } };
  } catch (error) {
    if (!isRedthreadError(error) || error.code === 'INGEST_ENDED') throw error;
    tally.hashed(size - counted);
    return { ...one, failure: { code: error.code as ItemErrorCode, detail: error.detail } };
  }
};

/** Asked for as if everything were there; what the answer names is sent, and it is asked for again. */
const store = async (
  { client, runId, limits, tally }: Sending,
  hashed: readonly Hashed[],
  unread: readonly Unread[],
  changed: readonly string[],
): Promise<void> => {
  if (hashed.length + unread.length + changed.length === 0) return;
  let ahead = 0;
  const counting = countingClient(client, (bytes) => {
    ahead += bytes;
    tally.ahead(bytes);
  });
  const others = new Set<string>();
  const find = findAmong(hashed, (sha256) => others.add(sha256));
  for (let round = 0; round < ROUNDS + others.size; round += 1) {
    const whole = hashed.filter(({ content }) => !others.has(content.sha256));
    const broken = [...unread, ...hashed.filter(({ content }) => others.has(content.sha256)).map(changedMeanwhile)];
    const entries: IngestEntryInput[] = [
      ...whole.map(({ facts, content }) => ({ ...facts, content })),
      ...broken.map(({ facts, failure: { code, detail } }) => ({
        ...facts,
        failure: { code, detail: printable(detail).slice(0, LONGEST_DETAIL) },
      })),
    ];
    const json = { entries, changed };
    const { stored, needed } = await client.call(
      { method: 'POST', path: `/ingests/${runId}/batches`, json },
      IngestBatchAnswer,
    );
    if (stored) {
      for (const one of broken) tally.tell(one, one.failure.code, one.failure.detail);
      tally.unread += broken.length;
      tally.storedBytes += whole.reduce((sum, { content }) => sum + content.sizeBytes, 0);
      tally.arrived([...hashed, ...unread], ahead);
      return;
    }
    try {
      await sendContents({ client: counting, runId, limits, sha256: sha256Of }, needed, find);
    } catch (error) {
      if (!isRedthreadError(error) || error.code !== 'FILE_CHANGED') throw error;
      // A large content, which never arrived as what it was announced: it is alone in its batch.
      if (others.size === 0) for (const { sha256 } of needed) others.add(sha256);
    }
  }
  throw fail('SERVER_ANSWER_INVALID', 'asks again and again for contents that were sent');
};

const changedMeanwhile = (one: Hashed): Unread => ({
  ...one,
  failure: { code: 'FILE_CHANGED', detail: 'it changed between being hashed and being sent' },
});

/** `onBytes`: what requests that were answered have brought. Their bytes are nobody's after that. */
const countingClient = (client: PatientClient, onBytes: (count: number) => void): PatientClient => {
  const arrived = ({ bytes }: Call): void => {
    if (bytes === undefined) return;
    const { length } = bytes;
    letGo(bytes);
    onBytes(length);
  };
  return {
    call: async (call, schema) => {
      const answer = await client.call(call, schema);
      arrived(call);
      return answer;
    },
    send: async (call) => {
      await client.send(call);
      arrived(call);
    },
  };
};

const findAmong = (hashed: readonly Hashed[], onChanged: (sha256: string) => void): Find => {
  const byDigest = new Map(hashed.map((one) => [one.content.sha256, one]));
  return (sha256) => ({
    read: async (start, end) => {
      const one = byDigest.get(sha256);
      if (one === undefined) throw fail('SERVER_ANSWER_INVALID', `asks for ${sha256}, which no entry names`);
      const bytes = await readAgain(one, start, end);
      if (bytes !== null) return bytes;
      onChanged(sha256);
      throw fail('FILE_CHANGED', 'it is not what was hashed');
    },
  });
};

/** Null where it is another one by now. A small content is held against its digest here, a large one by the server. */
const readAgain = async ({ file, content }: Hashed, start: number, end: number): Promise<Uint8Array | null> => {
  try {
    const bytes = await readPart(file, start, end);
    return start > 0 || end < file.size || toHex(await sha256Of(bytes)) === content.sha256 ? bytes : null;
  } catch (error) {
    if (!isRedthreadError(error)) throw error;
    return null;
  }
};

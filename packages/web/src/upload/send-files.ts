// Sends chosen files to an exhibit, by the protocol of every sender (docs/remote-ingest.md): hashed here, asked which are needed,
// only those sent. Stopped or cut off at any moment, the same files go on where they were.
import { IngestOpened, IngestProgress, type IngestFinish } from '@redthread/core/contract';
import { fail, isRedthreadError, type ErrorCode } from '@redthread/core/errors';
import {
  createLimiter,
  noneViewed,
  nothingSaid,
  printable,
  viewingListOf,
  type PatientClient,
  type Viewing,
} from '@redthread/core/sending';
import { batchesOf } from './batches.js';
import type { UploadJob, UploadProgress, ViewingChoice } from './messages.js';
import { nameFiles } from './named-files.js';
import { sendBatch, sendContainer } from './send-batch.js';
import { Tally } from './tally.js';

export interface SendOptions {
  readonly client: PatientClient;
  readonly isStopping: () => boolean;
  readonly report: (progress: UploadProgress) => void;
}

/** One is hashed while another is sent. */
const BATCHES_AT_ONCE = 2;
/** Of each batch, with their bytes: what is under way is in memory. */
const REQUESTS_AT_ONCE = 3;
/** Whether the server is there, and takes the exhibit, is known soon. */
const OPENS_WITHIN_MS = 30_000;
const SIGN_OF_LIFE_MS = 20_000;

/** After these the server is told nothing: it goes on with another sender, or does not listen. */
const LEFT_OPEN: ReadonlySet<string> = new Set<ErrorCode>(['INGEST_ENDED', 'SERVER_UNREACHABLE', 'NOT_SIGNED_IN']);

/**
 * Answers whether the end was reached; false where it was stopped. Errors: ARGUMENT_INVALID for a list that cannot be read;
 * those of the server.
 */
export const sendFiles = async (job: UploadJob, { client, isStopping, report }: SendOptions): Promise<boolean> => {
  const files = nameFiles(job.files, viewingOf(job.viewing));
  const tally = new Tally(files, report);
  tally.show();
  const opened = await open(client, job);
  tally.exhibitId = opened.exhibitId;
  const at = `/ingests/${opened.id}`;
  const finish = (rest: Pick<IngestFinish, 'interrupted' | 'failure'>): Promise<void> => {
    const { files: count, storedBytes: bytes, unread } = tally;
    return client.send({ method: 'POST', path: `${at}/end`, json: { files: count, bytes, unread, ...rest } });
  };
  const signs = setInterval(
    () => void client.call({ method: 'GET', path: at }, IngestProgress).catch(() => undefined),
    SIGN_OF_LIFE_MS,
  );
  const checkStopped = (): void => {
    if (isStopping()) throw fail('INGEST_ENDED', 'stopped here');
  };
  try {
    const { resumed: isResumed } = opened;
    const limits = { ...opened.limits, atOnce: Math.min(opened.limits.atOnce, REQUESTS_AT_ONCE) };
    const sending = { client, runId: opened.id, limits, isResumed, tally, checkStopped };
    const [archive] = files;
    if (job.archive !== null && archive !== undefined) await sendContainer(sending, archive);
    else {
      const batches = createLimiter(BATCHES_AT_ONCE);
      for (const batch of batchesOf(files, limits)) {
        checkStopped();
        await batches.run(() => sendBatch(sending, batch));
      }
      await batches.idle();
    }
    await finish({ interrupted: false, failure: null });
    return true;
  } catch (error) {
    const { code, detail } = isRedthreadError(error) ? error : fail('INTERNAL', String(error));
    if (isStopping()) {
      await finish({ interrupted: true, failure: null }).catch(() => undefined);
      return false;
    }
    if (!LEFT_OPEN.has(code))
      await finish({ interrupted: true, failure: { code, detail: printable(detail).slice(0, 2000) } }).catch(
        () => undefined,
      );
    throw error;
  } finally {
    clearInterval(signs);
  }
};

const viewingOf = (choice: ViewingChoice): Viewing => {
  if (choice.kind === 'list') return viewingListOf(choice.text, choice.name);
  return choice.kind === 'none-viewed' ? noneViewed : nothingSaid;
};

const open = (
  client: PatientClient,
  { case: caseReference, exhibit, archive, sender, files: [only] }: UploadJob,
): Promise<IngestOpened> => {
  // Files that are added later come from the same source; an archive is one by itself.
  const source =
    archive === null || only === undefined
      ? { kind: 'folder', name: 'browser' }
      : { kind: archive, name: printable(`browser:${only.file.name}`).slice(0, 1000), sizeBytes: only.file.size };
  const json = { case: caseReference, exhibit, source, sender, archives: 'server' };
  return client.call({ method: 'POST', path: '/ingests', json, patienceMs: OPENS_WITHIN_MS }, IngestOpened);
};

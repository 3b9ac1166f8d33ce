// The worker that hashes and sends: what a person does on the page meanwhile never waits for it.
import { isRedthreadError } from '@redthread/core/errors';
import { createBrowserClient } from './browser-client.js';
import type { FromWorker, ToWorker, UploadEnd, UploadJob, UploadProgress } from './messages.js';
import { sendFiles } from './send-files.js';

const REPORT_EVERY_MS = 250;

const say = (message: FromWorker): void => self.postMessage(message);
const stopping = new AbortController();

const begin = async (job: UploadJob): Promise<void> => {
  let latest: UploadProgress | null = null;
  const report = (): void => {
    if (latest !== null) say({ say: 'progress', progress: latest });
    latest = null;
  };
  const timer = setInterval(report, REPORT_EVERY_MS);
  const client = createBrowserClient({
    stopping: stopping.signal,
    onTrouble: (trouble) => say({ say: 'trouble', trouble }),
  });
  const end = await sendFiles(job, {
    client,
    isStopping: () => stopping.signal.aborted,
    report: (progress) => (latest = progress),
  }).then(
    (atEnd): UploadEnd => ({ kind: atEnd ? 'sent' : 'stopped' }),
    (error: unknown): UploadEnd => ({
      kind: 'failed',
      problem: isRedthreadError(error)
        ? { code: error.code, detail: error.detail }
        : { code: 'INTERNAL', detail: String(error) },
    }),
  );
  clearInterval(timer);
  report();
  say({ say: 'ended', end });
};

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.say === 'begin') void begin(data.job);
  else stopping.abort();
});

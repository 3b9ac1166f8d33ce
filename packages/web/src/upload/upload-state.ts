// The upload of this tab: it goes on whatever page is open, and is lost with the tab alone. What was stored by then is not sent
// again when the same files are chosen once more.
import type { FromWorker, Told, ToWorker, UploadEnd, UploadJob, UploadProgress } from './messages.js';

export interface Upload {
  /** Who began it: somebody else who signs in here has nothing to do with it. */
  readonly userId: string;
  readonly caseId: string;
  readonly job: UploadJob;
  readonly progress: UploadProgress | null;
  readonly trouble: Told | null;
  readonly isStopping: boolean;
  /** Null while it runs. */
  readonly end: UploadEnd | null;
  /** When anything of this was learned. */
  readonly atMs: number;
}

let upload: Upload | null = null;
let worker: Worker | null = null;
const listeners = new Set<() => void>();

const set = (change: Partial<Upload>): void => {
  if (upload === null) return;
  upload = { ...upload, ...change, atMs: Date.now() };
  for (const listener of listeners) listener();
};

export const subscribeUpload = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const currentUpload = (): Upload | null => upload;

/** The browser asks before it leaves the page. */
const holdPage = (event: BeforeUnloadEvent): void => event.preventDefault();

const tell = (message: ToWorker): void => worker?.postMessage(message);

const letGo = (): void => {
  worker?.terminate();
  worker = null;
  window.removeEventListener('beforeunload', holdPage);
};

const hear = (message: FromWorker): void => {
  if (message.say === 'progress') set({ progress: message.progress });
  else if (message.say === 'trouble') {
    if (message.trouble !== null || upload?.trouble !== null) set({ trouble: message.trouble });
  } else {
    letGo();
    set({ end: message.end, trouble: null });
  }
};

export const beginUpload = (begun: Pick<Upload, 'userId' | 'caseId' | 'job'>): void => {
  letGo();
  worker = new Worker(new URL('./upload-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => hear(data));
  worker.addEventListener('error', ({ message }) =>
    hear({ say: 'ended', end: { kind: 'failed', problem: { code: 'INTERNAL', detail: message } } }),
  );
  window.addEventListener('beforeunload', holdPage);
  upload = { ...begun, progress: null, trouble: null, isStopping: false, end: null, atMs: 0 };
  set({});
  tell({ say: 'begin', job: begun.job });
};

/** After an interruption: the same files, as they lie in this tab. */
export const resumeUpload = (): void => {
  if (upload?.end !== null && upload !== null) beginUpload(upload);
};

export const stopUpload = (): void => {
  set({ isStopping: true });
  tell({ say: 'stop' });
};

/** Forgets it and its files. */
export const forgetUpload = (): void => {
  letGo();
  upload = null;
  for (const listener of listeners) listener();
};

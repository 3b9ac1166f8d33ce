// Sends the files of a list in their order, from where the server has them; what was sent stays when the page is closed.
import { LIST_PART_BYTES, ListUpload } from '@redthread/core/contract';
import { createBrowserClient } from '../../upload/browser-client.js';
import { letGo, readPart, sha256Of } from '../../upload/hash-file.js';

/** Uploads that this page sends right now. */
const sending = new Map<string, AbortController>();

export const isSending = (id: string): boolean => sending.has(id);
export const stopSending = (id: string): void => sending.get(id)?.abort();

/** Null where a file of the upload is not among them: it is named. */
export const filesFor = (
  upload: ListUpload,
  chosen: readonly File[],
): readonly File[] | { readonly missing: string } => {
  const found: File[] = [];
  for (const { name, sizeBytes } of upload.files) {
    const file = chosen.find((one) => one.name === name && one.size === sizeBytes);
    if (file === undefined) return { missing: name };
    found.push(file);
  }
  return found;
};

/** To the end, and has it read; a package is opened first. Errors: those of the server; FILE_MISSING, FILE_UNREADABLE. */
export const sendList = async (upload: ListUpload, files: readonly File[]): Promise<void> => {
  const stopping = new AbortController();
  sending.set(upload.id, stopping);
  const client = createBrowserClient({ stopping: stopping.signal, onTrouble: () => undefined });
  try {
    for (const [index, { received }] of upload.files.entries()) {
      const file = files[index];
      if (file === undefined) return;
      for (let offset = received; offset < file.size; offset += LIST_PART_BYTES) {
        if (stopping.signal.aborted) return;
        const bytes = await readPart(file, offset, Math.min(file.size, offset + LIST_PART_BYTES));
        const path = `/list-uploads/${upload.id}/files/${index}?offset=${offset}`;
        await client.send({ method: 'PUT', path, bytes, digest: await sha256Of(bytes) });
        letGo(bytes);
      }
    }
    await client.call(
      upload.plan.isPackage
        ? { method: 'POST', path: '/packages', json: { upload: upload.id } }
        : { method: 'POST', path: `/list-uploads/${upload.id}/read`, json: {} },
      ListUpload,
    );
  } finally {
    sending.delete(upload.id);
  }
};

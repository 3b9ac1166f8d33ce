// Sends a package as any list is sent, in parts that go on after an interruption, and has it opened. What goes wrong on the way is shown with the upload.
import { ListUpload, type ListUploadBegin } from '@redthread/core/contract';
import { callJson } from '../../api/client.js';
import { sendList } from '../lists/send-list.js';

/** What it is stands in it: until it is opened it has a name of its own. */
const PLAN: Partial<ListUploadBegin['plan']> = { name: 'Package', polarity: 'other', isPackage: true };

/** Errors: those of the server. */
export const sendPackage = async (file: File): Promise<void> => {
  const upload = await callJson('/list-uploads', ListUpload, {
    method: 'POST',
    body: { plan: PLAN, files: [{ name: file.name, sizeBytes: file.size }] },
  });
  await sendList(upload, [file]);
};

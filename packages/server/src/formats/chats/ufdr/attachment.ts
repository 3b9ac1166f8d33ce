// What a message of a phone report carries: by the id of the file where the report says it, since the path beside it may lead nowhere.
import type { AttachmentMedia, MessageAttachment } from '@redthread/core/chats';
import { pathWithin } from './file.js';
import type { FileIndex } from './file-index.js';
import { said, within, type Model } from './model.js';

const LONGEST_NAME = 1_000;
const MOST = 1_000;

const mediaOf = (contentType: string | null): AttachmentMedia => {
  const [main = '', sub = ''] = (contentType ?? '').toLowerCase().split(/[/;]/);
  if (main === 'image' || main === 'video' || main === 'audio') return main;
  if (/vcard/.test(sub)) return 'contact';
  return main === 'application' || main === 'text' ? 'document' : 'unknown';
};

export const attachmentsOf = (message: Model, files: FileIndex): MessageAttachment[] => {
  const seen = new Set<string>();
  return within(message, 'Attachments', 'Attachment')
    .filter((attachment) => {
      // One of them stands under both names.
      const key = attachment.attributes['file_id'] ?? attachment.id;
      if (key === null || key === undefined) return true;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .slice(0, MOST)
    .map((attachment) => {
      const fileId = attachment.attributes['file_id'];
      const file = fileId === undefined ? null : files.find(fileId);
      const extracted = pathWithin(said(attachment, 'attachment_extracted_path') ?? '');
      const path = file?.localPath ?? extracted;
      const name = said(attachment, 'Filename') ?? path?.slice(path.lastIndexOf('/') + 1) ?? null;
      return {
        name: name?.slice(0, LONGEST_NAME) ?? null,
        path,
        media: mediaOf(said(attachment, 'ContentType')),
        state: name === null ? 'omitted' : 'named',
        sha256: file?.sha256 ?? null,
        md5: file?.md5 ?? null,
      };
    });
};

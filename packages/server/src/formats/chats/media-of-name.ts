// What kind of file a name says that it is. Only a word about the message: what the file is, its bytes tell.
import type { AttachmentMedia } from '@redthread/core/chats';

const BY_EXTENSION: Readonly<Record<Exclude<AttachmentMedia, 'document' | 'unknown'>, string>> = {
  image: 'jpg jpeg jpe png gif heic heif bmp tif tiff avif jxl',
  video: 'mp4 mov 3gp 3gpp m4v avi mkv webm mpg mpeg wmv',
  audio: 'opus ogg oga m4a mp3 aac amr wav caf flac wma',
  sticker: 'webp tgs was',
  contact: 'vcf',
};
const MEDIA = new Map<string, AttachmentMedia>(
  Object.entries(BY_EXTENSION).flatMap(([media, extensions]) =>
    extensions.split(' ').map((extension) => [extension, media as AttachmentMedia] as const),
  ),
);

export const mediaOfName = (name: string): AttachmentMedia => {
  const extension = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase();
  return extension === undefined ? 'unknown' : (MEDIA.get(extension) ?? 'document');
};

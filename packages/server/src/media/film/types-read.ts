// Which real types are films or sound, and as what ffmpeg is told to read each: it never guesses, so that a playlist stays a text.

/** The demuxer for each type; what is not here is not given to ffmpeg. */
const DEMUXERS: Readonly<Record<string, string>> = {
  'video/mp4': 'mov',
  'video/quicktime': 'mov',
  'video/x-m4v': 'mov',
  'video/3gpp': 'mov',
  'video/3gpp2': 'mov',
  'video/matroska': 'matroska',
  'video/webm': 'matroska',
  'video/vnd.avi': 'avi',
  'video/x-flv': 'flv',
  'video/x-ms-asf': 'asf',
  'video/mpeg': 'mpeg',
  'video/mp2t': 'mpegts',
  'video/ogg': 'ogg',
  'audio/ogg': 'ogg',
  'audio/ogg; codecs=opus': 'ogg',
  'application/ogg': 'ogg',
  'audio/mpeg': 'mp3',
  'audio/x-m4a': 'mov',
  'audio/aac': 'aac',
  'audio/flac': 'flac',
  'audio/wav': 'wav',
  'audio/aiff': 'aiff',
  'audio/amr': 'amr',
};

export const demuxerFor = (mime: string): string | undefined => DEMUXERS[mime];

/** True for what has a length in time: a film, or sound. */
export const isFilmOrSound = (mime: string): boolean => mime in DEMUXERS;

export const isSound = (mime: string): boolean => mime.startsWith('audio/');

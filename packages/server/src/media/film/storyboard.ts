// What a person sees of a film: one still in its place, and a storyboard of stills, both veiled and clear. Its frames are decoded in the child and come as pixels; what is encoded of
// them here has never been anything else.
import type { Storyboard } from '@redthread/core/contract';
import type { TimeLine } from '@redthread/core/film';
import { sharp } from '../decode/open-sharp.js';
import { encodeClear, encodeVeiled, lumaOf, veiledCells, encodeGrey } from '../decode/renditions.js';
import type { Pixels } from '../decode/pixels.js';
import type { Rendition } from '../decode/types.js';
import type { RandomAccess } from '../walk/index.js';
import { chooseStills } from './choose-stills.js';
import { runFfmpeg, type FfmpegLimits } from './ffmpeg.js';
import { PpmFrames } from './ppm-frames.js';
import { KEYS_ALONE, Messages, WITHOUT_UNREFERRED } from './sample-frames.js';
import { streamable } from './streamable.js';
import { stoppedOf, type Stopped } from './trouble.js';

export interface FilmView {
  /** The still that stands for the film. */
  readonly clear: Rendition;
  readonly veiled: Rendition;
  readonly sheet: Rendition;
  readonly veiledSheet: Rendition;
  readonly storyboard: Storyboard;
}

const STILL_SIDE = 1_024;
const TILE_SIDE = 400;
const MOST_COLUMNS = 6;
/** Times were rounded to a millisecond. */
const SAME_TIME_S = 0.0015;
const SCALE = `scale=w='iw*min(1\\,${STILL_SIDE}/max(iw\\,ih))':h='ih*min(1\\,${STILL_SIDE}/max(iw\\,ih))':flags=area`;

interface Still extends Pixels {
  readonly timeMs: number;
}

export interface Viewed {
  /** Null where none of the frames came a second time. */
  readonly view: FilmView | null;
  readonly stopped: Stopped | null;
}

/** What came before it was stopped is there all the same. */
export const viewFilm = async (
  file: RandomAccess,
  demuxer: string,
  line: TimeLine,
  limits: FfmpegLimits,
): Promise<Viewed> => {
  const { stills, stopped } = await readStills(file, demuxer, line, limits);
  return { view: await viewOf(stills), stopped };
};

const viewOf = async (stills: readonly Still[]): Promise<FilmView | null> => {
  const poster = stills[Math.floor(stills.length / 3)];
  if (poster === undefined) return null;
  const columns = Math.min(MOST_COLUMNS, Math.ceil(Math.sqrt(stills.length)));
  const rows = Math.ceil(stills.length / columns);
  const tiles = await Promise.all(stills.map(tileOf));
  const [{ heightPx: tileHeight, widthPx: tileWidth }] = tiles as [Pixels];
  const veiled = stills.map((still) => veiledCells(lumaOf(still), still.widthPx, still.heightPx));
  return {
    clear: await encodeClear(poster),
    veiled: await encodeVeiled(lumaOf(poster), poster.widthPx, poster.heightPx),
    sheet: await encodeClear(onSheet(tiles, columns, rows)),
    veiledSheet: await encodeGrey(onSheet(veiled, columns, rows)),
    storyboard: { columns, rows, tileWidth, tileHeight, timesMs: stills.map(({ timeMs }) => timeMs) },
  };
};

/** The frames again, in colour: each size like the first. */
const readStills = async (
  file: RandomAccess,
  demuxer: string,
  line: TimeLine,
  limits: FfmpegLimits,
): Promise<{ readonly stills: readonly Still[]; readonly stopped: Stopped | null }> => {
  const { areKeys, timesMs } = chooseStills(line);
  if (timesMs.length === 0) return { stills: [], stopped: null };
  const messages = new Messages();
  const pictures: Pixels[] = [];
  const frames = new PpmFrames(({ heightPx, rgb, widthPx }) =>
    pictures.push({ data: rgb, channels: 3, widthPx, heightPx }),
  );
  const wanted = timesMs.map((ms) => `between(t\\,${ms / 1000 - SAME_TIME_S}\\,${ms / 1000 + SAME_TIME_S})`).join('+');
  const end = await runFfmpeg({
    demuxer,
    inputOptions: areKeys ? KEYS_ALONE : WITHOUT_UNREFERRED,
    outputOptions: [
      ...['-map', '0:V:0', '-an', '-sn', '-dn', '-vf', `select='${wanted}',showinfo=checksum=0,${SCALE},format=rgb24`],
      ...['-vsync', 'passthrough', '-frames:v', String(timesMs.length), '-f', 'image2pipe', '-c:v', 'ppm'],
    ],
    input: streamable(file, demuxer),
    limits,
    onOutput: (piece) => frames.take(piece),
    onMessage: (text) => messages.take(text),
  });
  const stills = pictures.flatMap((picture, i) => {
    const timeMs = messages.timesMs[i];
    const isAlike = picture.widthPx === pictures[0]?.widthPx && picture.heightPx === pictures[0].heightPx;
    return timeMs === undefined || !isAlike ? [] : [{ ...picture, timeMs }];
  });
  return { stills, stopped: stoppedOf(end, messages) };
};

const tileOf = async ({ channels, data, heightPx, widthPx }: Still): Promise<Pixels> => {
  const raw = { width: widthPx, height: heightPx, channels } as const;
  const made = await sharp(data, { raw })
    .resize(TILE_SIDE, TILE_SIDE, { fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: made.data, channels: 3, widthPx: made.info.width, heightPx: made.info.height };
};

/** Pictures of one size beside and below each other. */
const onSheet = (pictures: readonly Pixels[], columns: number, rows: number): Pixels => {
  const [{ channels, heightPx, widthPx }] = pictures as [Pixels];
  const [lineBytes, sheetBytes] = [widthPx * channels, widthPx * columns * channels];
  const data = Buffer.alloc(sheetBytes * heightPx * rows);
  pictures.forEach((picture, place) => {
    const left = (place % columns) * lineBytes;
    const top = Math.floor(place / columns) * heightPx;
    for (let y = 0; y < heightPx; y++)
      picture.data.copy(data, (top + y) * sheetBytes + left, y * lineBytes, (y + 1) * lineBytes);
  });
  return { data, channels, widthPx: widthPx * columns, heightPx: heightPx * rows };
};

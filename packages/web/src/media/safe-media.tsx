// The only way to show a picture. It asks the server for the veiled rendition and nothing else; clear pixels come
// from a reveal that the view holds, and hovering does nothing at all.
import type { StackTile, Storyboard } from '@redthread/core/contract';
import { filmTime } from '@redthread/core/domain';
import { useEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { apiUrl } from '../api/client.js';
import { Icon, type IconName } from '../form/icons.js';
import type { Orientation } from '../layout/orientation.js';
import { t } from '../text/index.js';
import type { RevealState } from './reveal.js';
import { drawDifference } from './safe-difference.js';
import styles from './safe-media.module.css';

export interface SafeMediaItem {
  readonly id: string;
  readonly kind: string;
  readonly state: StackTile['state'];
  /** Of a film without pictures it is null. */
  readonly width?: number | null;
}

interface SafeMediaProps {
  readonly item: SafeMediaItem;
  readonly fit?: 'cover' | 'contain';
  /** Why not even the veiled rendition is asked for. */
  readonly withheld?: string | undefined;
  readonly reveal?: RevealState;
  /** CSS transform of the picture within its box (zoom and pan). */
  readonly transform?: string;
  readonly clip?: string;
  /** In place of its id, where many are read out one after the other. */
  readonly alt?: string | undefined;
}

/** Each time twice as long: whoever leaves a page open does not ask for ever, which would keep the session in use as well. */
const ASK_AGAIN_MS = 3_000;
const MOST_ASKED = 6;

const ICONS: Readonly<Record<string, IconName>> = { video: 'film', audio: 'sound' };

/** What stands where there is no picture to see. */
const sayInstead = ({ kind, state }: Omit<SafeMediaItem, 'id'>): string =>
  state === 'ready' ? (t.kinds.media[kind] ?? kind) : t.mediaState[state];

/** Whether the server holds a veiled rendition. */
export const hasPicture = (item: SafeMediaItem): boolean =>
  (item.state === 'ready' || item.state === 'partial') &&
  (item.kind === 'image' || (item.kind === 'video' && item.width !== null));

export const veiledUrl = (mediaId: string): string => apiUrl(`/media/${mediaId}/veiled`);

export const SafeMedia = ({
  item,
  fit = 'cover',
  withheld,
  reveal,
  transform,
  clip,
  alt,
}: SafeMediaProps): ReactNode => {
  const style = {
    ...(transform === undefined ? {} : { transform, transformOrigin: '0 0' }),
    ...(clip === undefined ? {} : { clipPath: clip }),
  };
  if (withheld !== undefined)
    return (
      <span className={styles['nothing']}>
        <Icon name="closed" />
        <span>{withheld}</span>
      </span>
    );
  if (!hasPicture(item))
    return (
      <span className={styles['nothing']}>
        <Icon
          name={
            item.state === 'closed'
              ? 'closed'
              : item.state === 'ready'
                ? (ICONS[item.kind] ?? 'file')
                : item.state === 'pending'
                  ? 'file'
                  : 'warning'
          }
        />
        <span>{sayInstead(item)}</span>
      </span>
    );
  const clear = reveal?.status === 'clear' ? reveal.url : null;
  return (
    <Picture
      fit={fit}
      veiled={clear === null}
      style={style}
      src={clear ?? veiledUrl(item.id)}
      alt={alt ?? (clear === null ? t.reveal.alt(item.id) : t.reveal.altClear(item.id))}
    />
  );
};

interface PictureProps {
  readonly src: string;
  readonly alt: string;
  readonly fit: 'cover' | 'contain';
  readonly veiled: boolean;
  readonly style: CSSProperties;
}

interface Missed {
  readonly src: string;
  readonly times: number;
  /** Whether it is to be asked for again later. */
  readonly waits: boolean;
}

/** A picture that does not arrive says so in its place, and is asked for again after a while: the server may only have been gone. */
const Picture = ({ src, alt, fit, veiled, style }: PictureProps): ReactNode => {
  const [missed, setMissed] = useState<Missed | null>(null);
  useEffect(() => {
    if (missed === null || !missed.waits || missed.times > MOST_ASKED) return undefined;
    const again = (): void => setMissed({ ...missed, waits: false });
    const timer = setTimeout(again, ASK_AGAIN_MS * 2 ** (missed.times - 1));
    return () => clearTimeout(timer);
  }, [missed]);
  if (missed?.src === src && missed.waits)
    return (
      <span className={styles['nothing']} data-not-arrived>
        <Icon name="warning" />
        <span>{missed.times > MOST_ASKED ? t.reveal.notArrivedAtAll : t.reveal.notArrived}</span>
      </span>
    );
  return (
    <img
      className={styles['picture']}
      data-fit={fit}
      data-veiled={veiled}
      style={style}
      src={src}
      alt={alt}
      decoding={veiled ? 'async' : 'sync'}
      draggable={false}
      onError={() => setMissed((before) => ({ src, times: before?.src === src ? before.times + 1 : 1, waits: true }))}
    />
  );
};

interface SafeStillProps {
  readonly mediaId: string;
  readonly storyboard: Storyboard;
  /** Which of its stills. */
  readonly place: number;
  readonly reveal: RevealState;
}

/** One still of a film: the sheet of them all, of which its place alone is shown. */
export const SafeStill = ({ mediaId, place, reveal, storyboard }: SafeStillProps): ReactNode => {
  const { columns, rows, tileHeight, tileWidth, timesMs } = storyboard;
  const clear = reveal.status === 'clear' ? reveal.url : null;
  return (
    <span className={styles['still']} style={{ aspectRatio: `${tileWidth} / ${tileHeight}` }}>
      <img
        className={styles['sheet']}
        data-veiled={clear === null}
        style={{
          width: `${100 * columns}%`,
          height: `${100 * rows}%`,
          left: `${-100 * (place % columns)}%`,
          top: `${-100 * Math.floor(place / columns)}%`,
        }}
        src={clear ?? apiUrl(`/media/${mediaId}/storyboard`)}
        alt={t.films.still(filmTime(timesMs[place] ?? 0))}
        draggable={false}
      />
    </span>
  );
};

/** A picture that the server has drawn itself: of a test, and of nothing that was seized. */
export const DrawnPicture = ({ path, alt }: { path: string; alt: string }): ReactNode => (
  <img className={styles['picture']} data-fit="contain" src={apiUrl(path)} alt={alt} draggable={false} />
);

/** The crop of a question: there is no veiled rendition of it, so nothing is shown until it is revealed. */
export const SafeCrop = ({ reveal, alt, instead }: { reveal: RevealState; alt: string; instead: string }): ReactNode =>
  reveal.status === 'clear' ? (
    <img className={styles['picture']} data-fit="contain" src={reveal.url} alt={alt} draggable={false} />
  ) : (
    <span className={styles['nothing']}>
      <Icon name="eye" />
      <span>{instead}</span>
    </span>
  );

/** The difference of two revealed pictures; drawn only while both are. */
export const SafeDifference = ({
  a,
  b,
  turn,
  transform,
}: {
  a: Blob;
  b: Blob;
  turn: Orientation;
  transform: string;
}): ReactNode => {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current !== null) void drawDifference(canvas.current, a, b, turn);
  }, [a, b, turn]);
  return (
    <canvas
      ref={canvas}
      className={styles['picture']}
      data-fit="contain"
      style={{ transform, transformOrigin: '0 0' }}
      role="img"
      aria-label={t.compare.amplified}
    />
  );
};

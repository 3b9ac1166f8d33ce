// Where two films or sounds agree along their lengths: a bar for each of the two, what agrees marked on both, and the stills of what is chosen.
import type { Comparison, Media, Reason } from '@redthread/core/contract';
import { filmRange, filmTime } from '@redthread/core/domain';
import { useState, type ReactNode } from 'react';
import type { Reveal } from '../../media/reveal.js';
import { SafeStill } from '../../media/safe-media.js';
import { Loudness } from '../../parts/loudness.js';
import { Section } from '../../parts/section.js';
import { measure } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './times.module.css';

interface Range {
  readonly startMs: number;
  readonly endMs: number;
}
interface Segment {
  readonly a: Range;
  readonly b: Range;
  readonly speed: number;
}

/** What a reason says of time; a picture has no length, and is in the film as a whole. */
export const segmentsOf = ({ where }: Reason): readonly Segment[] => {
  if (where.segments !== undefined && where.segments.length > 0) return where.segments;
  const [a, b] = [where.a.timeRange, where.b.timeRange];
  const all = { startMs: 0, endMs: 0 };
  return a === undefined && b === undefined ? [] : [{ a: a ?? all, b: b ?? all, speed: 1 }];
};

interface Chosen {
  readonly reason: number;
  readonly segment: number;
}

const lengthOf = (media: Media, segments: readonly Segment[], side: 'a' | 'b'): number =>
  Math.max(1, media.durationMs ?? 0, ...segments.map((segment) => segment[side].endMs));

/** The still that shows a range best: the first within it, else the nearest. */
const stillOf = ({ storyboard }: Media, { endMs, startMs }: Range): number | null => {
  if (storyboard === null) return null;
  const { timesMs } = storyboard;
  const within = timesMs.findIndex((time) => time >= startMs && time <= endMs);
  if (within >= 0) return within;
  const distance = (time: number): number => Math.abs(time - (startMs + endMs) / 2);
  return timesMs.reduce((best, time, place) => (distance(time) < distance(timesMs[best] ?? 0) ? place : best), 0);
};

interface TimesProps {
  readonly comparison: Comparison;
  readonly reveals: Readonly<Record<'a' | 'b', Reveal>>;
}

export const Times = ({ comparison, reveals }: TimesProps): ReactNode => {
  const [chosen, setChosen] = useState<Chosen>({ reason: 0, segment: 0 });
  const timed = comparison.reasons
    .map((reason) => ({ reason, segments: segmentsOf(reason) }))
    .filter(({ segments }) => segments.length > 0);
  const segment = timed[chosen.reason]?.segments[chosen.segment];
  if (segment === undefined) return null;
  return (
    <Section title={t.films.agree}>
      <div className={styles['times']}>
        {timed.map(({ reason, segments }, place) => (
          <div key={reason.method} className={styles['reason']}>
            <span className={styles['method']}>
              {reason.method} <span className="muted">v{reason.version}</span>
            </span>
            <div className={styles['bars']}>
              {(['a', 'b'] as const).map((side) => (
                <Bar
                  key={side}
                  side={side}
                  media={comparison[side]}
                  segments={segments}
                  loudness={reason.method === 'sound-words' ? comparison[side].loudness : null}
                  chosen={chosen.reason === place ? chosen.segment : null}
                  onChoose={(n) => setChosen({ reason: place, segment: n })}
                />
              ))}
            </div>
          </div>
        ))}
        <Shown segment={segment} comparison={comparison} reveals={reveals} />
      </div>
    </Section>
  );
};

interface BarProps {
  readonly side: 'a' | 'b';
  readonly media: Media;
  readonly segments: readonly Segment[];
  /** Drawn behind what agrees, where it is the sound that does. */
  readonly loudness: readonly number[] | null;
  readonly chosen: number | null;
  readonly onChoose: (segment: number) => void;
}

const Bar = ({ chosen, loudness, media, onChoose, segments, side }: BarProps): ReactNode => {
  const length = lengthOf(media, segments, side);
  const name = t.compare[side];
  return (
    <div className={styles['line']}>
      <span className={styles['name']}>
        {name}, {media.durationMs === null ? (t.kinds.media[media.kind] ?? media.kind) : filmTime(length)}
      </span>
      <div className={styles['bar']} data-sound={loudness !== null}>
        {loudness !== null && <Loudness bars={loudness} />}
        {media.durationMs !== null &&
          segments.map((segment, n) => (
            <button
              key={n}
              type="button"
              className={styles['segment']}
              data-chosen={chosen === n}
              aria-pressed={chosen === n}
              aria-label={t.films.segment(filmRange(segment.a), filmRange(segment.b))}
              title={filmRange(segment[side])}
              style={{
                left: `${(100 * segment[side].startMs) / length}%`,
                width: `${Math.max(0.5, (100 * (segment[side].endMs - segment[side].startMs)) / length)}%`,
              }}
              onClick={() => onChoose(n)}
            />
          ))}
      </div>
    </div>
  );
};

const Shown = ({ comparison, reveals, segment }: TimesProps & { segment: Segment }): ReactNode => {
  const { a, b, speed } = segment;
  return (
    <div className={styles['shown']} role="status">
      {(['a', 'b'] as const).map((side) => {
        const media = comparison[side];
        const place = stillOf(media, segment[side]);
        return (
          place !== null &&
          media.storyboard !== null && (
            <figure key={side} className={styles['figure']}>
              <SafeStill mediaId={media.id} storyboard={media.storyboard} place={place} reveal={reveals[side].state} />
              <figcaption>
                {t.compare[side]} <span className="num">{filmRange(segment[side])}</span>
              </figcaption>
            </figure>
          )
        );
      })}
      <p className={styles['words']}>
        {comparison.a.durationMs !== null && comparison.b.durationMs !== null
          ? t.films.segment(filmRange(a), filmRange(b))
          : null}
        {speed < 0 && <span>{t.films.backwards}</span>}
        {Math.abs(Math.abs(speed) - 1) > 0.01 && <span>{t.films.speed(measure(Math.abs(speed)))}</span>}
      </p>
    </div>
  );
};

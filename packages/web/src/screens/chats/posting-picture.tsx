// The lanes of a propagation: a number for each time that the media was sent, full where its file lay with the message and hollow where a message only names
// it. The thread goes from each to the next, as far as one clock says which that is.
import type { Propagation } from '@redthread/core/contract';
import type { ReactNode } from 'react';
import { postingLanes, type PostingPlace } from '../../layout/posting-lanes.js';
import { count } from '../../text/format.js';
import { t } from '../../text/index.js';
import { exportOf, nameInWords, subjectOf } from './names.js';
import styles from './sent.module.css';
import { timeInWords } from './wall-clock.js';

const words = t.chats.sent;
const COLUMN_PX = 56;
const LANE_PX = 44;
/** Names stand before their lanes. */
const NAME_PX = 216;
const NAME_LENGTH = 28;
const RADIUS_PX = 9;

const xOf = ({ column }: PostingPlace): number => NAME_PX + 24 + column * COLUMN_PX;
const lineOf = (lane: number): number => lane * LANE_PX + LANE_PX / 2;
const yOf = ({ lane }: PostingPlace): number => lineOf(lane);

const cut = (text: string): string => (text.length > NAME_LENGTH ? `${text.slice(0, NAME_LENGTH - 1)}…` : text);

/** From one lane to another without a corner. */
const thread = (from: PostingPlace, to: PostingPlace): string => {
  const [x, y, toX, toY] = [xOf(from), yOf(from), xOf(to), yOf(to)];
  const middle = (x + toX) / 2;
  return `M${x} ${y}C${middle} ${y} ${middle} ${toY} ${toX} ${toY}`;
};

export const PostingPicture = ({ found }: { found: Propagation }): ReactNode => {
  const { lanes, places, columns } = postingLanes(found);
  const width = NAME_PX + 48 + columns * COLUMN_PX;
  const height = lanes.length * LANE_PX;
  return (
    <div className={styles['picture']} tabIndex={0} role="group" aria-label={words.title}>
      <svg width={width} height={height} role="img" aria-label={words.chart(places.length, lanes.length)}>
        {lanes.map((chat, lane) => (
          <g key={chat.id}>
            <line x1={NAME_PX} x2={width} y1={lineOf(lane)} y2={lineOf(lane)} className={styles['lane']} />
            <text x={0} y={lineOf(lane) - 2} className={styles['lane-name']}>
              <title>{subjectOf(chat)}</title>
              {cut(subjectOf(chat))}
            </text>
            <text x={0} y={lineOf(lane) + 14} className={styles['lane-export']}>
              {cut(exportOf(chat))}
            </text>
          </g>
        ))}
        {found.ordered &&
          places.slice(1).map((place, i) => {
            const from = places[i];
            // Two within the doubt of their clocks have no thread between them.
            return from === undefined || place.posting.after === 0 ? null : (
              <path key={place.index} d={thread(from, place)} className={styles['thread']} />
            );
          })}
        {places.map((place) => (
          <g key={place.index} data-hit={place.posting.hit} className={styles['place']}>
            <title>
              {words.posting(
                place.index + 1,
                nameInWords(place.posting.author?.name ?? t.chats.system),
                timeInWords(place.posting.time),
              )}
            </title>
            <circle cx={xOf(place)} cy={yOf(place)} r={RADIUS_PX} />
            <text x={xOf(place)} y={yOf(place) + 4} textAnchor="middle">
              {count(place.index + 1)}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
};

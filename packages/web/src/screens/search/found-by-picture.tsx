// What is like a picture that somebody dropped: veiled like everything, with the grade and what was measured.
import type { PictureHit, Reason } from '@redthread/core/contract';
import { filmRange, turnInWords } from '@redthread/core/domain';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { heldPicture } from '../../api/held-pictures.js';
import { pictureQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import { GradeBadge } from '../../form/grade.js';
import { MiddleCut } from '../../form/copyable.js';
import { clampRatio } from '../../layout/justified.js';
import { ratioOf } from '../../layout/region.js';
import { RegionOutline } from '../../media/region-outline.js';
import { SafeMedia } from '../../media/safe-media.js';
import { Async } from '../../parts/async.js';
import { Section } from '../../parts/section.js';
import { Teach } from '../../parts/teach.js';
import { exhibitName } from '../../text/format.js';
import { t } from '../../text/index.js';
import { KeepSearch } from '../standing/keep-search.js';
import styles from './search.module.css';

const NAME_CHARACTERS = 12;

const measured = ({ method, value, threshold, unit }: Reason): string => `${method} ${value} / ${threshold} ${unit}`;

/** When, in what is stored, it was seen or heard. */
const timeOf = (reasons: readonly Reason[]): string | null => {
  const range = reasons.find(({ where }) => where.b.timeRange !== undefined)?.where.b.timeRange;
  return range === undefined || range.endMs === 0 ? null : filmRange(range);
};

/** Shown whole, so that the part that was found in it lies where it is outlined. */
const Hit = ({ hit: { media, grade, reasons, occurrences } }: { hit: PictureHit }): ReactNode => (
  <li className={styles['hit']}>
    <Link
      to="/media/$mediaId"
      params={{ mediaId: media.mediaId }}
      className={`${styles['tile']} ${styles['whole']}`}
      style={{ aspectRatio: clampRatio(ratioOf(media)) }}
    >
      <SafeMedia item={{ id: media.mediaId, kind: media.kind, state: media.state, width: media.width }} fit="contain" />
      {reasons[0]?.where.b.region !== undefined && (
        <RegionOutline region={reasons[0].where.b.region} ratio={ratioOf(media)} />
      )}
    </Link>
    <div>
      <p>
        <GradeBadge grade={grade} />{' '}
        <span className="muted">{reasons[0] === undefined ? '' : turnInWords(reasons[0].where)}</span>
      </p>
      <p className="muted">{reasons.map(measured).join(', ')}</p>
      {timeOf(reasons) !== null && <p className="muted">{timeOf(reasons)}</p>}
      {occurrences.map((file) => (
        <p key={file.id}>
          <span className="muted">{file.agency.country}</span>{' '}
          <Link to="/exhibits/$exhibitId" params={{ exhibitId: file.exhibitId }} className="link">
            {exhibitName(file.caseReference, file.exhibit)}
          </Link>{' '}
          <MiddleCut text={file.path} />
        </p>
      ))}
    </div>
  </li>
);

export const FoundByPicture = ({ name, region }: { name: string; region?: string | undefined }): ReactNode => {
  const file = heldPicture(name);
  const query = useQuery(pictureQuery(name, file, region));
  const start = name.slice(0, NAME_CHARACTERS);
  usePlace([{ words: region === undefined ? t.search.byPicture(start) : t.search.byRegion(start, region) }]);
  if (file === null && query.data === undefined) return <Teach title={t.search.gone} text={t.search.goneTeach} />;
  if (query.data === undefined && query.error === null) return <Teach title={t.search.comparing} />;
  return (
    <div className="page">
      {file !== null && <KeepSearch key={`${name} ${region}`} what={{ picture: file, region }} />}
      <Async query={query}>
        {({ hits, truncated, note }) => (
          <>
            {note !== null && <p className={styles['note']}>{note}</p>}
            {hits.length === 0 ? (
              <Teach title={t.search.nothingLike} text={t.search.nothingLikeTeach} />
            ) : (
              <Section title={t.search.media} n={hits.length}>
                <p className={styles['note']}>{truncated ? t.search.truncated : t.search.notStored}</p>
                <ul className={styles['hits']}>
                  {hits.map((hit) => (
                    <Hit key={hit.media.mediaId} hit={hit} />
                  ))}
                </ul>
              </Section>
            )}
          </>
        )}
      </Async>
    </div>
  );
};

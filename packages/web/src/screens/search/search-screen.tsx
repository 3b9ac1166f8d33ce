// What a digest, a piece of a path, a case or an exhibit finds.
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { searchQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import { PolarityShape } from '../../form/list-badge.js';
import { clampRatio } from '../../layout/justified.js';
import { ratioOf } from '../../layout/region.js';
import { SafeMedia } from '../../media/safe-media.js';
import { Async } from '../../parts/async.js';
import { OccurrenceTable } from '../../parts/occurrence-table.js';
import { Section } from '../../parts/section.js';
import { ListsUnasked } from '../../parts/lists-unasked.js';
import { Teach } from '../../parts/teach.js';
import { exhibitName } from '../../text/format.js';
import { t } from '../../text/index.js';
import { FoundByPicture } from './found-by-picture.js';
import { KeepSearch } from '../standing/keep-search.js';
import styles from './search.module.css';

const route = getRouteApi('/shell/search');

export const SearchScreen = (): ReactNode => {
  const { q = '', picture, region } = route.useSearch();
  return picture === undefined ? (
    <FoundByText q={q} />
  ) : (
    <FoundByPicture key={`${picture} ${region ?? ''}`} name={picture} region={region} />
  );
};

const FoundByText = ({ q }: { q: string }): ReactNode => {
  const query = useQuery({ ...searchQuery(q), enabled: q !== '' });
  usePlace([{ words: q === '' ? t.keys.search : t.search.title(q) }]);
  if (q === '')
    return (
      <Teach title={t.keys.search} text={t.search.start}>
        <Link to="/standing" className="link">
          {t.notices.standing.title}
        </Link>
      </Teach>
    );
  return (
    <div className="page">
      <KeepSearch key={q} what={{ q }} />
      {q.length > 1 && (
        <p className={styles['note']}>
          <Link to="/chats" search={{ find: q }} className="link">
            {t.chats.searchFor(q)}
          </Link>
        </p>
      )}
      <Async query={query}>
        {({ media, occurrences, cases, exhibits, lists, listsAsked, listsUnasked, truncated }) =>
          media.length + occurrences.length + cases.length + exhibits.length + lists.length === 0 ? (
            <Teach
              title={t.search.nothing}
              text={listsAsked.length === 0 ? t.search.teach : t.search.askedLists(listsAsked.length)}
            >
              <ListsUnasked lists={listsUnasked} />
            </Teach>
          ) : (
            <>
              <ListsUnasked lists={listsUnasked} />
              {lists.length > 0 && (
                <Section title={t.search.lists} n={lists.length}>
                  <ul className={styles['cases']}>
                    {lists.map((one) => (
                      <li key={one.listId}>
                        <PolarityShape polarity={one.polarity} /> {one.name} {one.version}{' '}
                        <span className="muted">
                          {t.polarity[one.polarity]}
                          {one.categories.map(({ code, scheme }) => ` ${scheme === null ? '' : `${scheme}:`}${code}`)}
                        </span>
                      </li>
                    ))}
                  </ul>
                </Section>
              )}
              {truncated && <p className={styles['note']}>{t.search.truncated}</p>}
              {media.length > 0 && (
                <Section title={t.search.media} n={media.length}>
                  <div className={styles['tiles']}>
                    {media.map((tile) => (
                      <Link
                        key={tile.mediaId}
                        to="/media/$mediaId"
                        params={{ mediaId: tile.mediaId }}
                        className={styles['tile']}
                        style={{ aspectRatio: clampRatio(ratioOf(tile)) }}
                      >
                        <SafeMedia item={{ id: tile.mediaId, kind: tile.kind, state: tile.state }} />
                      </Link>
                    ))}
                  </div>
                </Section>
              )}
              {cases.length > 0 && (
                <Section title={t.search.cases} n={cases.length}>
                  <ul className={styles['cases']}>
                    {cases.map((one) => (
                      <li key={one.id}>
                        <Link to="/cases/$caseId" params={{ caseId: one.id }} className="link">
                          {one.reference}
                        </Link>{' '}
                        {one.title}
                      </li>
                    ))}
                  </ul>
                </Section>
              )}
              {exhibits.length > 0 && (
                <Section title={t.search.exhibits} n={exhibits.length}>
                  <ul className={styles['cases']}>
                    {exhibits.map((one) => (
                      <li key={one.id}>
                        <Link to="/exhibits/$exhibitId" params={{ exhibitId: one.id }} className="link">
                          {exhibitName(one.caseReference, one.reference)}
                        </Link>
                      </li>
                    ))}
                  </ul>
                </Section>
              )}
              {occurrences.length > 0 && (
                <Section title={t.search.occurrences} n={occurrences.length}>
                  <OccurrenceTable rows={occurrences} linkMedia />
                </Section>
              )}
            </>
          )
        }
      </Async>
    </div>
  );
};

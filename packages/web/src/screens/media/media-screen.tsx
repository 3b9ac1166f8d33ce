// One item's whole truth: the picture (veiled until revealed), digests, lists, matches, where it was found, its history.
import type { Media } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { mediaQuery } from '../../api/queries.js';
import { useKeys } from '../../app/keys.js';
import { usePlace } from '../../app/place.js';
import { Copyable } from '../../form/copyable.js';
import { keepKeys, useReveal } from '../../media/reveal.js';
import { RevealControls } from '../../media/reveal-controls.js';
import { hasPicture, SafeMedia } from '../../media/safe-media.js';
import { Async } from '../../parts/async.js';
import { CodeWords } from '../../parts/code-words.js';
import { ConnectionSection } from '../../parts/connection-section.js';
import { Facts } from '../../parts/facts.js';
import { History } from '../../parts/history.js';
import { LegalGate } from '../../parts/legal-gate.js';
import { Loudness } from '../../parts/loudness.js';
import { NotesSection } from '../../parts/notes-section.js';
import { Section } from '../../parts/section.js';
import { filmTime } from '@redthread/core/domain';
import { bytes, dimensions, zonedInstant } from '../../text/format.js';
import { t } from '../../text/index.js';
import { SentInChats } from '../chats/sent-in-chats.js';
import { Matches } from './matches.js';
import styles from './media.module.css';
import { MediaAssertions } from './media-assertions.js';
import { ListHits } from './list-hits.js';
import { MediaVerdicts } from './media-verdicts.js';
import { Metadata } from './metadata.js';
import { Occurrences } from './occurrences.js';
import { useRegionAsk } from './region-ask.js';
import { useRegionSearch, type Turn } from './region-search.js';
import { StackMembers } from './stack-members.js';
import { Stills } from './stills.js';
import { Traces } from './traces.js';

const route = getRouteApi('/shell/media/$mediaId');

const MediaFacts = ({ media }: { media: Media }): ReactNode => (
  <Facts
    rows={[
      ['SHA-256', <Copyable key="sha256" text={media.sha256} />],
      ['SHA-1', <Copyable key="sha1" text={media.sha1} />],
      ['MD5', <Copyable key="md5" text={media.md5} />],
      [t.common.type, media.mime],
      [t.media.dimensions, dimensions(media.width, media.height)],
      ...(media.durationMs === null ? [] : [[t.films.duration, filmTime(media.durationMs)] as const]),
      [t.common.size, bytes(media.sizeBytes)],
      [
        t.common.state,
        media.errorCode === null ? (
          t.mediaState[media.state]
        ) : (
          <>
            {t.mediaState[media.state]}. <CodeWords code={media.errorCode} /> {media.errorDetail}
          </>
        ),
      ],
      [t.review.lists, <ListHits key="lists" media={media} />],
      [t.common.agency, `${media.agency.name} (${media.agency.country})`],
      [t.media.firstSeen, zonedInstant(media.firstSeenAt)],
      [t.media.id, <Copyable key="id" text={media.id} />],
    ]}
  />
);

const Sight = ({ media }: { media: Media }): ReactNode => {
  const reveal = useReveal(media.id);
  const stills = useReveal(media.storyboard === null ? null : media.id, 'storyboard');
  const reveals = media.storyboard === null ? [reveal] : [reveal, stills];
  useKeys(t.media.title, [
    {
      action: 'reveal',
      run: () => reveals.forEach((one) => one.hold()),
      release: () => reveals.forEach((one) => one.release()),
    },
    ...keepKeys(reveals),
  ]);
  // A part is chosen for one thing at a time.
  const [chosenFor, setChosenFor] = useState<'search' | 'ask' | null>(null);
  const turn = (what: 'search' | 'ask'): Turn => ({
    choosing: chosenFor === what,
    choose: (on) => setChosenFor(on ? what : null),
  });
  const region = useRegionSearch(media, reveal, turn('search'));
  const ask = useRegionAsk(media, reveal, turn('ask'));
  return (
    <div className={styles['sight']}>
      <div className={styles['picture']}>
        <div className={styles['inside']}>
          <SafeMedia item={media} fit="contain" reveal={reveal.state} />
          {ask.picker ?? region.picker}
        </div>
      </div>
      {hasPicture(media) && (
        <div className={styles['controls']}>
          <RevealControls reveals={reveals} />
          {region.control}
          {ask.control}
        </div>
      )}
      {media.loudness !== null && media.loudness.length > 0 && (
        <div className={styles['sound']}>
          <Loudness bars={media.loudness} />
        </div>
      )}
      <Stills media={media} reveal={stills} />
    </div>
  );
};

export const MediaScreen = (): ReactNode => {
  const { mediaId } = route.useParams();
  const media = useQuery(mediaQuery(mediaId));
  usePlace([{ words: t.review.title, href: '/review' }, { words: t.media.short(mediaId) }]);
  return (
    <div className="page">
      <Async query={media}>
        {(data) => (
          <>
            <div className={styles['top']}>
              <Sight key={data.id} media={data} />
              <div className={styles['facts']}>
                <MediaFacts media={data} />
              </div>
            </div>
            {data.state === 'closed' && (
              <Section title={t.legal.title}>
                <LegalGate of={{ media: data.id }} agencyId={data.agency.id} closed says={t.legal.closed} />
              </Section>
            )}
            <MediaVerdicts key={data.id} media={data} />
            <MediaAssertions key={`said ${data.id}`} mediaId={data.id} />
            <NotesSection key={`notes ${data.id}`} about={{ kind: 'media', id: data.id }} />
            <Matches media={data} />
            <ConnectionSection scope={{ media: data.id }} title={t.media.connections} />
            <SentInChats mediaId={data.id} />
            <Occurrences mediaId={data.id} />
            <StackMembers media={data} />
            <Traces traces={data.traces} />
            <Metadata metadata={data.metadata} />
            <History item="media" id={data.id} />
          </>
        )}
      </Async>
    </div>
  );
};

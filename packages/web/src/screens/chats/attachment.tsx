// A file that a message carries: veiled where it is there, and otherwise what is known of it. What lay with the message is told apart from what only its name
// or digest leads to.
import type { Chat, ChatAttachment, Media } from '@redthread/core/contract';
import { filmTime } from '@redthread/core/domain';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { mediaQuery } from '../../api/queries.js';
import { useKeys } from '../../app/keys.js';
import { useCare } from '../../care/use-care.js';
import type { Withheld } from '../../care/use-withheld.js';
import { MiddleCut } from '../../form/copyable.js';
import { Icon, type IconName } from '../../form/icons.js';
import { clampRatio } from '../../layout/justified.js';
import { ratioOf } from '../../layout/region.js';
import { keepKeys, useReveal, type Reveal } from '../../media/reveal.js';
import { RevealControls } from '../../media/reveal-controls.js';
import { hasPicture, SafeMedia } from '../../media/safe-media.js';
import { Loudness } from '../../parts/loudness.js';
import { t } from '../../text/index.js';
import { Stills } from '../media/stills.js';
import { exportOf } from './names.js';
import styles from './attachment.module.css';

const words = t.chats.files;
/** What is chosen is shown larger, px high. */
const CHOSEN_PX = 320;
/** A media does not change while somebody reads. */
const KEPT_MS = 60_000;

const ICONS: Readonly<Record<ChatAttachment['media'], IconName>> = {
  image: 'picture',
  sticker: 'picture',
  video: 'film',
  audio: 'sound',
  document: 'file',
  contact: 'account',
  unknown: 'file',
};

interface AttachmentProps {
  readonly attachment: ChatAttachment;
  readonly chosen: boolean;
  /** The keys are those of the first file of the chosen message. */
  readonly keyed: boolean;
  readonly withheld: Withheld;
  /** Other exports of the group, for those that a file was found in. */
  readonly others: readonly Chat[];
}

/** How it was found, in words: nothing where its file lay with the message. */
const Found = ({ attachment, others }: Pick<AttachmentProps, 'attachment' | 'others'>): ReactNode => {
  const { basis, through } = attachment;
  if (basis === null || basis === 'with-message') return null;
  const other = through === null ? undefined : others.find(({ id }) => id === through.chatId);
  const isFile = basis === 'other-export';
  return (
    <span className={styles['found']} data-hit={isFile ? 'file' : 'reference'}>
      {isFile ? words.file : words.reference}: {words.hits[basis]}
      {through !== null && (
        <>
          {' '}
          <Link
            to="/chats/$chatId"
            params={{ chatId: through.chatId }}
            search={{ at: through.position }}
            className="link"
          >
            {words.through(other === undefined ? t.chats.group : exportOf(other), through.position + 1)}
          </Link>
        </>
      )}
    </span>
  );
};

const Name = ({ attachment }: { attachment: ChatAttachment }): ReactNode => (
  <span className={styles['name']}>
    <Icon name={ICONS[attachment.media]} size={14} />
    {words.media[attachment.media]}
    {attachment.name !== null && <MiddleCut text={attachment.name} tail={16} />}
  </span>
);

const isPicture = (media: Media): boolean => hasPicture(media);

/** As high as that, or as wide as there is room. */
const boxOf = (media: Media | undefined, px: number) => {
  const ratio = media === undefined || !isPicture(media) ? 4 / 3 : clampRatio(ratioOf(media));
  return { width: `min(100%, ${Math.round(px * ratio)}px)`, aspectRatio: ratio };
};

interface SightProps {
  readonly media: Media;
  readonly keyed: boolean;
  readonly withheld: Withheld;
}

/** The chosen one: it may be asked for where it is known bad, revealed by the audited way, and a film shows its stills. */
const ChosenSight = ({ media, keyed, withheld }: SightProps): ReactNode => {
  const listed = { mediaId: media.id, listHits: media.listHits };
  const isWithheld = withheld.is(listed);
  const found = useReveal(isPicture(media) ? media.id : null);
  const stills = useReveal(media.storyboard === null ? null : media.id, 'storyboard');
  const askFor = (): void => withheld.askFor(listed);
  const reveal: Reveal = isWithheld ? { ...found, hold: askFor } : found;
  const reveals = media.storyboard === null || isWithheld ? [reveal] : [reveal, stills];
  useKeys(
    t.chats.title,
    [
      {
        action: 'reveal',
        run: () => reveals.forEach((one) => one.hold()),
        release: () => reveals.forEach((one) => one.release()),
      },
      ...(isWithheld ? [] : keepKeys(reveals)),
    ],
    { active: keyed && isPicture(media) },
  );
  return (
    <>
      <span className={styles['box']} style={boxOf(media, CHOSEN_PX)}>
        <SafeMedia
          item={media}
          fit="contain"
          reveal={found.state}
          withheld={isWithheld ? t.care.withheldLong : undefined}
        />
      </span>
      {isPicture(media) &&
        (isWithheld ? (
          <button type="button" className="button" onClick={askFor}>
            {words.ask}
          </button>
        ) : (
          <RevealControls reveals={reveals} />
        ))}
      {!isWithheld && media.storyboard !== null && (
        <div className={styles['stills']}>
          <Stills media={media} reveal={stills} />
        </div>
      )}
    </>
  );
};

const Sound = ({ media }: { media: Media }): ReactNode => (
  <>
    {media.loudness !== null && media.loudness.length > 0 && (
      <span className={styles['sound']}>
        <Loudness bars={media.loudness} />
      </span>
    )}
    <span className="muted">{words.sound}</span>
  </>
);

const There = ({
  mediaId,
  chosen,
  keyed,
  withheld,
}: { mediaId: string } & Omit<AttachmentProps, 'attachment' | 'others'>): ReactNode => {
  const { data: media } = useQuery({ ...mediaQuery(mediaId), staleTime: KEPT_MS });
  const { tilePx } = useCare();
  if (media?.kind === 'audio') return <Sound media={media} />;
  if (media !== undefined && chosen) return <ChosenSight media={media} keyed={keyed} withheld={withheld} />;
  const isWithheld = media !== undefined && withheld.is({ mediaId, listHits: media.listHits });
  return (
    <span className={styles['box']} style={boxOf(media, tilePx)}>
      {media !== undefined && (
        <SafeMedia item={media} withheld={isWithheld ? t.care.withheld : undefined} alt={t.kinds.media[media.kind]} />
      )}
      {media !== undefined && media.durationMs !== null && (
        <span className={styles['length']}>{filmTime(media.durationMs)}</span>
      )}
    </span>
  );
};

export const Attachment = ({ attachment, chosen, keyed, withheld, others }: AttachmentProps): ReactNode => {
  const { mediaId, state } = attachment;
  return (
    <div
      className={styles['attachment']}
      data-attachment={mediaId === null ? state : (attachment.basis ?? 'with-message')}
    >
      {mediaId !== null && <There mediaId={mediaId} chosen={chosen} keyed={keyed} withheld={withheld} />}
      <span className={styles['say']}>
        <Name attachment={attachment} />
        {state !== 'present' && <span className={styles['missing']}>{words[state]}</span>}
        {state === 'present' && mediaId === null && <span className={styles['missing']}>{words.notSeen}</span>}
        <Found attachment={attachment} others={others} />
        {mediaId !== null && (
          <Link to="/media/$mediaId" params={{ mediaId }} className="link">
            {words.open}
          </Link>
        )}
      </span>
    </div>
  );
};

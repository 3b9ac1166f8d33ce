// Asking other countries about a part of a picture that is looked at: the part is chosen on it, the question written, and a second person looks before
// anybody else does.
import { Ask, type Case, type Media } from '@redthread/core/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { callJson } from '../../api/client.js';
import { casesQuery, mediaOccurrencesQuery, meQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { useKeys } from '../../app/keys.js';
import { CASE_ROLES, useRoles } from '../../app/use-roles.js';
import { ratioOf, regionText, type Box } from '../../layout/region.js';
import { ChoosePart } from '../../media/choose-part.js';
import { RegionPicker } from '../../media/region-picker.js';
import type { Reveal } from '../../media/reveal.js';
import { hasPicture } from '../../media/safe-media.js';
import form from '../../parts/ask.module.css';
import { Choice, Field, textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { t } from '../../text/index.js';
import type { Turn } from './region-search.js';

const words = t.asks;

/** Open ones of the own agency that are in an operation and hold the picture; undefined until that is known. */
const useCasesToAskFrom = (mediaId: string): readonly Case[] | undefined => {
  const cases = useQuery(casesQuery()).data;
  const files = useInfiniteQuery(mediaOccurrencesQuery(mediaId));
  if (cases === undefined || files.data === undefined) return undefined;
  const holding = new Set(files.data.pages.flatMap(({ items }) => items.map(({ caseId }) => caseId)));
  // Of more files than one page holds: any of them may.
  return cases.filter(
    ({ id, own, state, operationId }) =>
      own !== null && state === 'open' && operationId !== null && (files.hasNextPage || holding.has(id)),
  );
};

const AskForm = ({ media, region, onDone }: { media: Media; region: Box; onDone: () => void }): ReactNode => {
  const cases = useCasesToAskFrom(media.id);
  const ask = useChange((body: object) => callJson('/asks', Ask, { method: 'POST', body }), ['/asks', '/notices']);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = textIn(new FormData(event.currentTarget));
    const of = cases?.find(({ id }) => id === text('case'));
    const countries = text('countries')
      .toUpperCase()
      .split(/[\s,]+/)
      .filter((code) => code !== '');
    const said = { question: text('question'), due: text('due'), countries };
    ask.mutate({ ...said, media: media.id, region: regionText(region), case: of?.id, operation: of?.operationId });
  };
  if (cases === undefined) return null;
  if (cases.length === 0)
    return (
      <p role="status" className="muted">
        {words.noCase}
      </p>
    );
  if (ask.data !== undefined)
    return (
      <p role="status" className={form['steps']}>
        {words.asked(ask.data.number)}{' '}
        <Link
          to="/operations/$operationId"
          params={{ operationId: ask.data.operation.id }}
          hash="asks"
          className="link"
        >
          {words.title}
        </Link>
        <button type="button" className="button plain" onClick={onDone}>
          {t.common.close}
        </button>
      </p>
    );
  return (
    <form className={form['steps']} onSubmit={submit} aria-label={words.ask}>
      <span className="muted">{words.means}</span>
      <Choice name="case" required words={words.fromCase}>
        {cases.map(({ id, reference }) => (
          <option key={id} value={id}>
            {reference}
          </option>
        ))}
      </Choice>
      <Field name="question" required maxLength={4000} autoFocus words={words.question} />
      <Field name="due" type="date" required words={t.tasks.due} />
      <Field name="countries" maxLength={200} words={words.countries} />
      <button type="submit" className="button" disabled={ask.isPending}>
        {words.ask}
      </button>
      <button type="button" className="button plain" onClick={onDone}>
        {t.common.cancel}
      </button>
      {ask.error !== null && <ProblemNotice error={ask.error} />}
    </form>
  );
};

interface RegionAsk {
  readonly picker: ReactNode;
  readonly control: ReactNode;
}

/** For media of the own agency, by those who may ask. */
export const useRegionAsk = (media: Media, reveal: Reveal, { choosing, choose }: Turn): RegionAsk => {
  const may = useRoles(CASE_ROLES);
  const agencyId = useQuery(meQuery).data?.agency.id;
  const [region, setRegion] = useState<Box | null>(null);
  const [isSmall, setSmall] = useState(false);
  useKeys(words.askAbout, [{ action: 'close', words: t.common.cancel, run: () => choose(false) }], {
    active: choosing,
  });
  if (!may || agencyId !== media.agency.id || !hasPicture(media) || media.kind !== 'image')
    return { picker: null, control: null };
  const begin = (): void => {
    const isOn = choosing || region !== null;
    if (!isOn && !reveal.kept) reveal.keep?.();
    choose(!isOn);
    setRegion(null);
    setSmall(false);
  };
  const pick = (box: Box): void => {
    setRegion(box);
    choose(false);
  };
  return {
    picker:
      choosing && reveal.state.status === 'clear' ? (
        <RegionPicker ratio={ratioOf(media)} onPick={pick} onTooSmall={() => setSmall(true)} />
      ) : null,
    control: (
      <>
        <ChoosePart
          words={words.askAbout}
          on={choosing || region !== null}
          choosing={choosing}
          isSmall={isSmall}
          onClick={begin}
        />
        {region !== null && <AskForm media={media} region={region} onDone={() => setRegion(null)} />}
      </>
    ),
  };
};

// What a request says of itself: what it is about, who asked, who answered, when and why.
import type { TwoPersonRequest } from '@redthread/core/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { CodeWords } from '../../parts/code-words.js';
import { instant } from '../../text/format.js';
import { t } from '../../text/index.js';

const words = t.requests;

type Fact = readonly [name: string, value: ReactNode];

const isOpen = ({ state }: TwoPersonRequest): boolean => state === 'requested' || state === 'offered';

/** Kept aside or gone, an exhibit has no page. */
const hasExhibitPage = ({ kind, undoes, state }: TwoPersonRequest): boolean => {
  if (kind === 'exhibit-withdraw') return state !== 'done';
  return kind === 'undo' && undoes === 'exhibit-withdraw' ? state === 'done' : kind !== 'purge';
};

const Subject = ({ request, agencyId }: { request: TwoPersonRequest; agencyId: string }): ReactNode => (
  <>
    {/* A case that is offered is not to be seen before it is taken. */}
    {request.agency.id === agencyId ? (
      <Link to="/cases/$caseId" params={{ caseId: request.caseId }} className="link">
        {request.caseReference}
      </Link>
    ) : (
      request.caseReference
    )}
    {request.exhibit !== null && ' / '}
    {request.exhibitId !== null && hasExhibitPage(request) ? (
      <Link to="/exhibits/$exhibitId" params={{ exhibitId: request.exhibitId }} className="link">
        {request.exhibit}
      </Link>
    ) : (
      request.exhibit
    )}
    {request.to !== null && ` ${words.to(request.to)}`}
  </>
);

const byAt = (who: string | null, at: string | null): string | null =>
  who === null || at === null ? null : words.by(who, instant(at));

/** The second person refuses before the other agency is asked; after that it is the other agency that refuses. */
const answersOf = (request: TwoPersonRequest): readonly Fact[] => {
  const { state, decidedBy, decidedAt, acceptedBy, acceptedAt, second } = request;
  const isRefused = state === 'refused';
  return [
    [words.second, state === 'requested' ? (second ?? words.anybody) : null],
    [isRefused && acceptedBy === null ? words.refused : words.confirmed, byAt(decidedBy, decidedAt)],
    [isRefused ? words.refused : words.taken, byAt(acceptedBy, acceptedAt)],
    [words.because, request.decisionReason],
  ];
};

export const factsOf = (request: TwoPersonRequest, agencyId: string): readonly Fact[] => {
  const { state, progress, errorCode, errorDetail } = request;
  return [
    [
      request.exhibit === null ? t.common.case : t.common.exhibit,
      <Subject key="subject" request={request} agencyId={agencyId} />,
    ],
    [t.common.agency, request.agency.id === agencyId ? null : request.agency.name],
    [t.common.state, words.states[state]],
    [words.reason, request.reason],
    [words.notes, request.notes.join('; ')],
    [words.askedBy, byAt(request.requestedBy, request.requestedAt)],
    ...answersOf(request),
    [words.openUntil, isOpen(request) ? instant(request.expiresAt) : null],
    [words.progress, progress === null || state !== 'running' ? null : words.done(progress.done, progress.total)],
    [words.ended, request.finishedAt === null ? null : instant(request.finishedAt)],
    [
      words.error,
      errorCode === null ? null : (
        <>
          <CodeWords code={errorCode} /> {errorDetail}
        </>
      ),
    ],
  ];
};

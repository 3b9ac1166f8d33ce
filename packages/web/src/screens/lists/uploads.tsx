// Lists on their way in: how far each is, what was read of it, and the word of a person that it is to count.
import { ListUpload } from '@redthread/core/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { callJson, callVoid } from '../../api/client.js';
import { ApiProblem } from '../../api/problem.js';
import { handlingQuery, listUploadsQuery } from '../../api/queries.js';
import { readAgain } from '../../api/read-again.js';
import { useChange } from '../../api/use-change.js';
import { Facts } from '../../parts/facts.js';
import { Choice } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Bar } from '../../parts/progress.js';
import { Section } from '../../parts/section.js';
import { bytes, count, instant } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './lists.module.css';
import { filesFor, isSending, sendList, stopSending } from './send-list.js';

const words = t.listUpload;
const { packages } = t.exchange;
/** A list that counts decides the numbers of every scope. */
const COUNTED_TOUCHES = ['/lists', '/packages', '/negative-list', '/funnel', '/stacks', '/media', '/connections'];

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Of a package: who says what, for what, and how much it is. */
const openedRows = ({ package: opened }: ListUpload): (readonly [string, string])[] => {
  if (opened === null) return [];
  const { at, counts, from, handling, leftOut, notes, purpose, scheme, subject } = opened.manifest;
  const says = packages.opened;
  return [
    [says.sender, `${opened.sender} (${from.country})`],
    [says.fingerprint, from.fingerprint],
    [says.at, instant(at)],
    [says.subject, subject],
    [says.purpose, purpose ?? words.notSaid],
    [says.handling, handling],
    [says.counts, packages.holds(counts.media, counts.files)],
    [says.scheme, scheme],
    ...(leftOut.length === 0 ? [] : [[says.leftOut, leftOut.join(', ')] as const]),
    ...notes.map(({ code, count: n }) => [says.notes, packages.noted(code, n)] as const),
  ];
};

const Preview = ({ upload }: { upload: ListUpload }): ReactNode => {
  const { plan, preview } = upload;
  if (preview === null) return null;
  return (
    <>
      <Facts
        rows={[
          ...openedRows(upload),
          [words.facts.polarity, t.polarity[plan.polarity]],
          [words.facts.owner, plan.owner ?? words.notSaid],
          [words.facts.handling, plan.handling ?? 'TLP:AMBER'],
          [words.facts.format, [preview.format, preview.formatVersion ?? ''].join(' ')],
          [words.facts.edition, preview.edition],
          [words.facts.expires, plan.expiresAt === undefined ? t.lists.never : instant(plan.expiresAt)],
          [words.facts.entries, count(preview.entries)],
          [words.facts.md5, count(preview.digests.md5)],
          [words.facts.sha1, count(preview.digests.sha1)],
          [words.facts.sha256, count(preview.digests.sha256)],
          ...Object.entries(preview.opaque).map(([method, n]) => [method, words.opaque(n)] as const),
        ]}
      />
      {preview.notes.length > 0 && (
        <table className="table" aria-label={words.notes}>
          <thead>
            <tr>
              <th>{words.notes}</th>
              <th className="num" />
              <th className="grow">{words.where}</th>
            </tr>
          </thead>
          <tbody>
            {preview.notes.map((note) => (
              <tr key={note.code}>
                <td className="wrap">
                  {note.meaning} <span className="mono muted">{note.code}</span>
                </td>
                <td className="num">{words.noted(note.count)}</td>
                <td className="grow" title={note.places.join('\n')}>
                  {note.places.join('; ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
};

/** What failed after the call that began it was answered, said as a refusal is. */
const problemOf = ({ title, detail, next, code }: NonNullable<ListUpload['failure']>): ApiProblem =>
  new ApiProblem({ type: 'about:blank', title, status: 422, code, detail, next, requestId: '' });

/** After the page was closed: a browser forgets files, and what was sent is here. */
const GoOn = ({ upload, onError }: { upload: ListUpload; onError: (error: unknown) => void }): ReactNode => {
  const [says, setSays] = useState(words.chooseAgain);
  const take = (chosen: readonly File[]): void => {
    const files = filesFor(upload, chosen);
    if ('missing' in files) setSays(words.otherFile(files.missing));
    else void sendList(upload, files).catch(onError);
  };
  return (
    <label className="file-field">
      <span>{says}</span>
      <input
        type="file"
        multiple
        aria-label={words.chooseAgain}
        onChange={({ currentTarget }) => take([...(currentTarget.files ?? [])])}
      />
    </label>
  );
};

const Steps = ({ upload }: { upload: ListUpload }): ReactNode => {
  const { failure, id, plan, preview, state } = upload;
  const act = useChange(
    ({ step, body = {} }: { step: 'read' | 'count'; body?: object }) =>
      callJson(`/list-uploads/${id}/${step}`, ListUpload, { method: 'POST', body }),
    ['/list-uploads'],
  );
  const drop = useChange(() => {
    stopSending(id);
    return callVoid(`/list-uploads/${id}`, { method: 'DELETE' });
  }, ['/list-uploads']);
  const codes = useQuery(handlingQuery).data ?? [];
  const stricter = useChange(
    (handling: string) =>
      callJson('/packages', ListUpload, {
        method: 'POST',
        body: { upload: id, ...(handling === '' ? {} : { handling }) },
      }),
    ['/list-uploads'],
  );
  const again = (text: string, body: object): ReactNode => (
    <button
      type="button"
      className="button"
      disabled={act.isPending}
      onClick={() => act.mutate({ step: 'read', body })}
    >
      {text}
    </button>
  );
  return (
    <>
      {preview?.ontoCounts === true && plan.onto !== undefined && state === 'read' && (
        <p className={styles['warning']}>
          {words.ontoCounts(plan.onto)} {again(words.endIt(plan.onto), { endsOnto: true })}
        </p>
      )}
      <div className={styles['row']}>
        {state === 'read' && upload.package !== null && (
          <Choice
            name="handling"
            words={packages.stricter}
            value={plan.handling === upload.package.manifest.handling ? '' : plan.handling}
            disabled={stricter.isPending}
            onChange={({ currentTarget }) => stricter.mutate(currentTarget.value)}
          >
            <option value="">{packages.asSent}</option>
            {codes.map(({ code }) => (
              <option key={code}>{code}</option>
            ))}
          </Choice>
        )}
        {state === 'read' && (
          <button
            type="button"
            className="button"
            disabled={act.isPending}
            onClick={() => act.mutate({ step: 'count' })}
          >
            {upload.package === null ? words.count : packages.accept}
          </button>
        )}
        {failure?.code === 'LIST_INVALID' &&
          !plan.skipsBadLines &&
          !plan.isPackage &&
          again(words.skip, { skipsBadLines: true })}
        {failure?.code === 'LIST_POLARITY_REFUSED' &&
          plan.polarity === 'known-bad' &&
          !plan.isNotNist &&
          again(words.notNist, { isNotNist: true })}
        {state !== 'counting' && (
          <button
            type="button"
            className="button plain"
            disabled={drop.isPending}
            onClick={() => drop.mutate(undefined)}
          >
            {state === 'counted' ? words.dismiss : words.drop}
          </button>
        )}
      </div>
      {[act.error, drop.error, stricter.error].map(
        (error, at) => error !== null && <ProblemNotice key={at} error={error} />,
      )}
    </>
  );
};

const Upload = ({ upload }: { upload: ListUpload }): ReactNode => {
  const [error, setError] = useState<unknown>(null);
  const { failure, files, plan, preview, progress, state } = upload;
  const label = `${plan.name} ${preview?.version ?? plan.version ?? ''}`.trim();
  return (
    <li className={styles['upload']} data-upload={plan.name} data-state={state}>
      <p>
        <strong>{label}</strong> <span className="muted">{words.states[state]}</span>
      </p>
      {state === 'receiving' && (
        <Bar
          words={words.sent}
          label={label}
          done={sum(files.map(({ received }) => received))}
          total={sum(files.map(({ sizeBytes }) => sizeBytes))}
          show={bytes}
        />
      )}
      {state === 'reading' && progress !== null && <p>{words.progress(progress.entries, progress.part)}</p>}
      {state === 'receiving' && !isSending(upload.id) && <GoOn upload={upload} onError={setError} />}
      {error !== null && <ProblemNotice error={error} />}
      {state === 'read' && <Preview upload={upload} />}
      {failure !== null && <ProblemNotice error={problemOf(failure)} />}
      <Steps upload={upload} />
    </li>
  );
};

/** `packages`: these alone; else the lists alone. */
export const Uploads = ({ packages: ofPackages = false }: { packages?: boolean }): ReactNode => {
  const client = useQueryClient();
  const uploads = useQuery(listUploadsQuery).data?.filter(({ plan }) => plan.isPackage === ofPackages);
  const counted = uploads?.filter(({ state }) => state === 'counted').length;
  const before = useRef(counted);
  // It comes to count after the call that said so was answered.
  useEffect(() => {
    if (counted !== undefined && before.current !== undefined && counted > before.current)
      void readAgain(client, COUNTED_TOUCHES);
    before.current = counted;
  }, [client, counted]);
  if (uploads === undefined || uploads.length === 0) return null;
  return (
    <Section title={words.onItsWay} n={uploads.length}>
      <ul>
        {uploads.map((upload) => (
          <Upload key={upload.id} upload={upload} />
        ))}
      </ul>
    </Section>
  );
};

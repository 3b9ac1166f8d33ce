// What stands in place of a reveal where the provider has not viewed a file: why it is closed, which bases were recorded, and,
// for whoever may, the form that records one.
import { LEGAL_BASIS_KINDS, type LegalBasis, type LegalBasisAdd } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { callVoid } from '../api/client.js';
import { legalBasesQuery, meQuery } from '../api/queries.js';
import { useChange } from '../api/use-change.js';
import { instant } from '../text/format.js';
import { t } from '../text/index.js';
import { Choice, Field, ReasonField } from './field.js';
import styles from './legal-gate.module.css';
import { ProblemNotice } from './problem-notice.js';

const words = t.legal;
const MAY = ['administrator', 'coordinator', 'officer'];
const TOUCHES = ['/media', '/exhibits', '/stacks', '/search', '/compare'];

type Of = { readonly exhibit: string } | { readonly media: string };

const useMayRecord = (agencyId: string): boolean => {
  const me = useQuery(meQuery).data;
  return me?.agency.id === agencyId && me.roles.some((role) => MAY.includes(role));
};

const Form = ({ of }: { of: Of }): ReactNode => {
  const record = useChange((body: LegalBasisAdd) => callVoid('/legal-bases', { method: 'POST', body }), TOUCHES);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    record.mutate({
      ...of,
      kind: LEGAL_BASIS_KINDS.find((kind) => kind === form.get('kind')) ?? 'other',
      reference: String(form.get('reference')).trim(),
      words: String(form.get('words')).trim(),
    });
  };
  return (
    <>
      <form className={styles['form']} onSubmit={submit}>
        <Choice name="kind" words={words.kind}>
          {LEGAL_BASIS_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {words.kinds[kind]}
            </option>
          ))}
        </Choice>
        <Field name="reference" required maxLength={80} words={words.reference} />
        <Field name="words" maxLength={2000} words={words.words} />
        <button type="submit" className="button" disabled={record.isPending}>
          {words.record}
        </button>
      </form>
      {record.error !== null && <ProblemNotice error={record.error} />}
    </>
  );
};

const Withdrawal = ({ basis }: { basis: LegalBasis }): ReactNode => {
  const [open, setOpen] = useState(false);
  const withdraw = useChange(
    (reason: string) => callVoid(`/legal-bases/${basis.id}/withdraw`, { method: 'POST', body: { reason } }),
    TOUCHES,
  );
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    withdraw.mutate(String(new FormData(event.currentTarget).get('reason')).trim());
  };
  if (!open)
    return (
      <button type="button" className="button plain" onClick={() => setOpen(true)}>
        {words.withdraw}
      </button>
    );
  return (
    <form className={styles['form']} onSubmit={submit}>
      <ReasonField words={words.reason} />
      <button type="submit" className="button" disabled={withdraw.isPending}>
        {words.withdraw}
      </button>
      {withdraw.error !== null && <ProblemNotice error={withdraw.error} />}
    </form>
  );
};

const Bases = ({ bases, mayRecord }: { bases: readonly LegalBasis[]; mayRecord: boolean }): ReactNode =>
  bases.length === 0 ? null : (
    <table className="table">
      <thead>
        <tr>
          <th>{words.title}</th>
          <th>{words.of}</th>
          <th>{words.recorded}</th>
          <th className="grow">{words.withdrawn}</th>
        </tr>
      </thead>
      <tbody>
        {bases.map((basis) => (
          <tr key={basis.id}>
            <td>
              {words.kinds[basis.kind]} {basis.reference} <span className="muted">{basis.words}</span>
            </td>
            <td>{basis.mediaId === null ? words.exhibit : words.media}</td>
            <td>
              {instant(basis.recordedAt)} {basis.recordedBy}
            </td>
            <td className="grow">
              {basis.withdrawn !== null ? (
                <>
                  {instant(basis.withdrawn.at)} {basis.withdrawn.by}: {basis.withdrawn.reason}
                </>
              ) : (
                mayRecord && <Withdrawal basis={basis} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );

/** `closed`: whether something is closed now, and so waits for a basis. */
export const LegalGate = ({
  of,
  agencyId,
  closed,
  says,
}: {
  of: Of;
  agencyId: string;
  closed: boolean;
  says: string;
}): ReactNode => {
  const mayRecord = useMayRecord(agencyId);
  const bases =
    useQuery('media' in of ? legalBasesQuery('media', of.media) : legalBasesQuery('exhibits', of.exhibit)).data ?? [];
  return (
    <div className={styles['gate']} data-closed={closed}>
      <p>
        {says} {closed && <span className="muted">{words.why}</span>}
      </p>
      {closed && (mayRecord ? <Form of={of} /> : <p className="muted">{words.mayNot}</p>)}
      <Bases bases={bases} mayRecord={mayRecord} />
    </div>
  );
};

/** Of an exhibit that holds files which were not viewed: open once a basis covers all of it. */
export const ExhibitGate = ({
  exhibitId,
  agencyId,
  notViewed,
}: {
  exhibitId: string;
  agencyId: string;
  notViewed: number;
}): ReactNode => {
  const bases = useQuery(legalBasesQuery('exhibits', exhibitId)).data ?? [];
  const covered = bases.some(({ mediaId, withdrawn }) => mediaId === null && withdrawn === null);
  return (
    <LegalGate of={{ exhibit: exhibitId }} agencyId={agencyId} closed={!covered} says={words.closedAll(notViewed)} />
  );
};

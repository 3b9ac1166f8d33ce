// How far an upload is, or how it ended: exact counts, rate and time left, and what is to be said about single files.
import { fail } from '@redthread/core/errors';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { MiddleCut } from '../../form/copyable.js';
import { CodeWords } from '../../parts/code-words.js';
import { Bar, Pace } from '../../parts/progress.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { bytes } from '../../text/format.js';
import { t } from '../../text/index.js';
import type { ToldFailure, UploadProgress } from '../../upload/messages.js';
import { forgetUpload, resumeUpload, stopUpload, type Upload } from '../../upload/upload-state.js';
import styles from './add-exhibit.module.css';

const words = t.upload;

const Bars = ({ progress, atMs, label }: { progress: UploadProgress; atMs: number; label: string }): ReactNode => {
  const { files, bytes: sizes } = progress;
  return (
    <ul className={styles['bars']} aria-label={t.exhibit.progress}>
      <li data-stage="files" data-done={files.done} data-total={files.total}>
        <Bar words={words.stages.files} done={files.done} total={files.total} label={label} />
      </li>
      {(['hashed', 'there'] as const).map((stage) => (
        <li key={stage} data-stage={stage} data-done={sizes[stage]} data-total={sizes.total}>
          <Bar words={words.stages[stage]} done={sizes[stage]} total={sizes.total} label={label} show={bytes} />
          <Pace done={sizes[stage]} total={sizes.total} atMs={atMs} show={bytes} />
        </li>
      ))}
    </ul>
  );
};

const Failures = ({ failures }: { failures: readonly ToldFailure[] }): ReactNode => (
  <Section title={words.failures(failures.length)}>
    <table className="table">
      <thead>
        <tr>
          <th>{t.exhibit.code}</th>
          <th className="grow">{t.common.path}</th>
          <th>{t.exhibit.detail}</th>
          <th>{words.next}</th>
        </tr>
      </thead>
      <tbody>
        {failures.map(({ path, code, detail }) => (
          <tr key={path} data-failure={code}>
            <td className={`wrap ${styles['code']}`}>
              <CodeWords code={code} />
            </td>
            <td className="grow">
              <MiddleCut text={path} />
            </td>
            <td className={`muted wrap ${styles['words']}`}>{detail}</td>
            <td className={`wrap ${styles['words']}`}>{t.errors[code].next}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Section>
);

const Running = ({ upload: { trouble, isStopping } }: { upload: Upload }): ReactNode => (
  <>
    {trouble !== null && (
      <p role="status" data-trouble={trouble.code}>
        {words.waiting} <CodeWords code={trouble.code} /> <span className="muted">{trouble.detail}</span>
      </p>
    )}
    <div className={styles['row']}>
      <button type="button" className="button" disabled={isStopping} onClick={stopUpload}>
        {words.stop}
      </button>
      <span className="muted">{isStopping ? words.stopping : words.stay}</span>
    </div>
  </>
);

const Ended = ({ upload: { end, progress, job } }: { upload: Upload }): ReactNode => {
  if (end === null) return null;
  const exhibitId = progress?.exhibitId ?? null;
  return (
    <>
      <p role="status" data-ended={end.kind}>
        {words.ends[end.kind]}
      </p>
      {end.kind === 'failed' && <ProblemNotice error={fail(end.problem.code, end.problem.detail)} />}
      <div className={styles['row']}>
        {end.kind !== 'sent' && (
          <button type="button" className="button" onClick={resumeUpload}>
            {words.goOn}
          </button>
        )}
        {exhibitId !== null && (
          <Link to="/exhibits/$exhibitId" params={{ exhibitId }} className="button">
            {words.open(job.exhibit)}
          </Link>
        )}
        <button type="button" className="button plain" onClick={forgetUpload}>
          {words.another}
        </button>
      </div>
    </>
  );
};

export const UploadView = ({ upload }: { upload: Upload }): ReactNode => {
  const { progress, atMs, job, end } = upload;
  return (
    <>
      <div className={styles['form']}>
        <strong>{end === null ? words.sending(job.exhibit) : words.exhibitNamed(job.exhibit)}</strong>
        {progress !== null && <Bars progress={progress} atMs={atMs} label={job.exhibit} />}
        {progress !== null && progress.unchanged > 0 && <p className="muted">{words.unchanged(progress.unchanged)}</p>}
        {end === null ? <Running upload={upload} /> : <Ended upload={upload} />}
      </div>
      {progress !== null && progress.failures.length > 0 && <Failures failures={progress.failures} />}
    </>
  );
};

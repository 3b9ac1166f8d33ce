// A report for a court on what a page shows: what it will say, and the making of it.
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { callFile } from '../api/client.js';
import { reportPreviewQuery } from '../api/queries.js';
import { t } from '../text/index.js';
import form from './ask.module.css';
import { Async } from './async.js';
import { Field, textIn } from './field.js';
import { ProblemNotice } from './problem-notice.js';
import { ReportPreviewBlocks } from './report-preview.js';
import { saveFile } from './save-file.js';
import { Section } from './section.js';

const words = t.reports;

/** A case, an exhibit, a series, or two media. */
type ReportAbout =
  | { readonly case: string }
  | { readonly exhibit: string }
  | { readonly series: string }
  | { readonly a: string; readonly b: string };

const Preview = ({ about, pictures }: { about: ReportAbout; pictures: 'none' | 'veiled' }): ReactNode => {
  const preview = useQuery(reportPreviewQuery({ ...about, pictures }));
  return <Async query={preview}>{({ blocks }) => <ReportPreviewBlocks blocks={blocks} />}</Async>;
};

const Form = ({ about }: { about: ReportAbout }): ReactNode => {
  const [pictures, setPictures] = useState<'none' | 'veiled'>('none');
  const make = useMutation({
    mutationFn: (body: object) => callFile('/reports', { method: 'POST', body }),
    onSuccess: saveFile,
  });
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = textIn(new FormData(event.currentTarget));
    const recipient = text('recipient');
    make.mutate({
      ...about,
      pictures,
      purpose: text('purpose'),
      ...(recipient === '' ? {} : { recipient }),
    });
  };
  return (
    <>
      <form onSubmit={submit} aria-label={words.title} className={form['steps']}>
        <Field name="purpose" required minLength={3} maxLength={200} words={words.purpose} />
        <Field name="recipient" maxLength={200} words={words.recipient} />
        {'a' in about && (
          <label>
            <input
              type="checkbox"
              checked={pictures === 'veiled'}
              onChange={(event) => setPictures(event.currentTarget.checked ? 'veiled' : 'none')}
            />{' '}
            {words.veiled}
          </label>
        )}
        <button type="submit" className="button" disabled={make.isPending}>
          {words.make}
        </button>
        <span role="status">
          {make.isPending ? words.making : make.data !== undefined && words.made(make.data.name)}
        </span>
      </form>
      {make.error !== null && <ProblemNotice error={make.error} />}
      <Preview about={about} pictures={pictures} />
    </>
  );
};

export const ReportSection = ({ about }: { about: ReportAbout }): ReactNode => {
  const [open, setOpen] = useState(false);
  return (
    <Section title={words.title}>
      <div className={form['ask']}>
        <div className={form['means']}>
          <p>{words.about}</p>
        </div>
        <div className={form['steps']}>
          <button type="button" className="button" data-on={open} aria-expanded={open} onClick={() => setOpen(!open)}>
            {words.open}
          </button>
        </div>
        {open && <Form about={about} />}
      </div>
    </Section>
  );
};

// Notes on an operation, a case, a series or a media, thread by thread; opening them says to whoever wrote them that they were read.
import { ThreadNote, type HandlingCode, type NoteSubject } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode, type SyntheticEvent } from 'react';
import { callJson, callVoid } from '../api/client.js';
import { handlingQuery, notesQuery } from '../api/queries.js';
import { useChange } from '../api/use-change.js';
import { KEEPING_ROLES, useRoles } from '../app/use-roles.js';
import { instant } from '../text/format.js';
import { t } from '../text/index.js';
import form from './ask.module.css';
import { Async } from './async.js';
import { Choice, textIn } from './field.js';
import styles from './notes-section.module.css';
import { ProblemNotice } from './problem-notice.js';
import { Section } from './section.js';
import { TakeBack } from './take-back.js';

const words = t.notes;
const TOUCHES = ['/notes'];
const USUAL_CODE = 'TLP:AMBER';

interface WriteProps {
  /** Where it goes, and what it is about where it begins a thread. */
  readonly path: string;
  readonly about?: NoteSubject;
  readonly codes: readonly HandlingCode[];
  readonly words: string;
}

const Write = ({ path, about, codes, words: verb }: WriteProps): ReactNode => {
  const [open, setOpen] = useState(false);
  const send = useChange((body: object) => callJson(path, ThreadNote, { method: 'POST', body }), TOUCHES);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = textIn(new FormData(event.currentTarget));
    send.mutate(
      { ...(about !== undefined && { about }), text: text('text'), handling: text('handling') },
      { onSuccess: () => setOpen(false) },
    );
  };
  if (!open)
    return (
      <button type="button" className={about === undefined ? 'button plain' : 'button'} onClick={() => setOpen(true)}>
        {verb}
      </button>
    );
  return (
    <form className={styles['write']} onSubmit={submit} aria-label={verb}>
      <textarea
        className="field"
        name="text"
        required
        maxLength={4000}
        rows={3}
        autoFocus
        aria-label={words.text}
        placeholder={words.text}
      />
      <Choice name="handling" words={words.handling} defaultValue={USUAL_CODE}>
        {codes.map(({ code, title }) => (
          <option key={code} value={code} title={title}>
            {code}
          </option>
        ))}
      </Choice>
      <button type="submit" className="button" disabled={send.isPending}>
        {words.send}
      </button>
      <button type="button" className="button plain" onClick={() => setOpen(false)}>
        {t.common.cancel}
      </button>
      {send.error !== null && <ProblemNotice error={send.error} />}
    </form>
  );
};

const Readers = ({ note: { readers } }: { note: ThreadNote }): ReactNode =>
  readers === null ? null : (
    <p className="muted">
      {readers.length === 0
        ? words.unread
        : words.readBy(readers.length, readers.map(({ by, agency }) => words.by(by, agency)).join('; '))}
    </p>
  );

const One = ({ note, codes }: { note: ThreadNote; codes: readonly HandlingCode[] }): ReactNode => {
  const may = useRoles(KEEPING_ROLES);
  return (
    <li className={styles['note']} data-note={note.id} data-answer={note.thread !== note.id}>
      <p className={styles['head']}>
        <strong>{words.by(note.by, note.agency)}</strong> <span className="muted">{instant(note.at)}</span>{' '}
        <span className="mono">{note.handling}</span>
        {!note.read && <strong className={styles['fresh']}>{words.fresh}</strong>}
        {may && note.retracted === null && (
          <span className={styles['acts']}>
            <Write path={`/notes/${note.id}/answers`} codes={codes} words={words.answer} />
            {note.mine && <TakeBack path={`/notes/${note.id}/retract`} touches={TOUCHES} />}
          </span>
        )}
      </p>
      <p className={styles['text']}>
        {note.retracted === null ? note.text : <span className="muted">{words.takenBack(note.retracted.reason)}</span>}
      </p>
      <Readers note={note} />
    </li>
  );
};

export const NotesSection = ({ about }: { about: NoteSubject }): ReactNode => {
  const query = useQuery(notesQuery(about));
  const codes = useQuery(handlingQuery).data ?? [];
  const may = useRoles(KEEPING_ROLES);
  const said = useRef(new Set<string>());
  const notes = query.data;
  useEffect(() => {
    const fresh = (notes ?? []).filter(({ id, read }) => !read && !said.current.has(id)).map(({ id }) => id);
    if (fresh.length === 0) return;
    fresh.forEach((id) => said.current.add(id));
    void callVoid('/notes/read', { method: 'POST', body: { notes: fresh } }).catch(() => undefined);
  }, [notes]);
  return (
    <Section title={words.title} n={notes?.length} id="notes">
      <Async query={query}>
        {(items) =>
          items.length === 0 ? (
            <p className={styles['none']}>{words.none}</p>
          ) : (
            <ul className={styles['notes']}>
              {items.map((note) => (
                <One key={note.id} note={note} codes={codes} />
              ))}
            </ul>
          )
        }
      </Async>
      {may && (
        <div className={form['steps']}>
          <Write path="/notes" about={about} codes={codes} words={words.write} />
        </div>
      )}
    </Section>
  );
};

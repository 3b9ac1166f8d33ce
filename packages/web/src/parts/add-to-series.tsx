// Adds a media, or its whole stack, to a series that is found or begun in a dialog: S asks, Z takes back what was added last.
import { Modal } from '@mantine/core';
import {
  Confidence,
  EntityDetail,
  MembersAdded,
  MembersRemoved,
  type Entity,
  type SeriesMembersAdd,
} from '@redthread/core/contract';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { Kbd } from '../app/own-keys.js';
import { callJson } from '../api/client.js';
import { ASSERTED } from '../api/queries.js';
import { useChange } from '../api/use-change.js';
import { useKeys } from '../app/keys.js';
import { KEEPING_ROLES, useRoles } from '../app/use-roles.js';
import { t } from '../text/index.js';
import styles from './add-to-series.module.css';
import { ConfidenceSelect } from './confidence-select.js';
import { EntityPicker, pickedIn, useRecordPicked, type Picked } from './entity-picker.js';
import { ReasonField, textIn } from './field.js';
import { ProblemNotice } from './problem-notice.js';

const words = t.series;

export interface AddTarget {
  readonly mediaId: string;
  /** How many are in its stack, itself counted, where all of them may be added. */
  readonly members: number;
}

interface Done {
  readonly series: Entity;
  readonly added: MembersAdded;
}

interface Given extends Pick<SeriesMembersAdd, 'media' | 'reason' | 'confidence' | 'stack'> {
  readonly picked: Picked;
}

interface FormProps {
  readonly target: AddTarget;
  readonly last: Entity | undefined;
  readonly onDone: (done: Done) => void;
  readonly onClose: () => void;
}

const AddForm = ({ target, last, onDone, onClose }: FormProps): ReactNode => {
  const record = useRecordPicked();
  const add = useChange(async ({ picked, ...body }: Given): Promise<Done> => {
    const id = await record(picked);
    const added = await callJson(`/series/${id}/members`, MembersAdded, { method: 'POST', body });
    return { added, series: (await callJson(`/entities/${id}`, EntityDetail)).entity };
  }, ASSERTED);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const picked = pickedIn(form, 'series');
    if (picked === null) return;
    const text = textIn(form);
    const said = { reason: text('reason'), confidence: Confidence.parse(text('confidence')) };
    add.mutate({ picked, media: [target.mediaId], stack: form.has('stack'), ...said }, { onSuccess: onDone });
  };
  return (
    <form className={styles['form']} onSubmit={submit}>
      <EntityPicker kind="series" label={words.findSeries} last={last} autoFocus />
      <ReasonField words={words.reason} />
      <div className={styles['row']}>
        <ConfidenceSelect />
        {target.members > 1 && (
          <label>
            <input type="checkbox" name="stack" defaultChecked /> {words.wholeStack(target.members)}
          </label>
        )}
      </div>
      <div className={styles['actions']}>
        <button type="button" className="button plain" onClick={onClose}>
          {t.common.cancel}
        </button>
        <button type="submit" className="button" disabled={add.isPending}>
          {words.toSeries}
        </button>
      </div>
      {add.error !== null && <ProblemNotice error={add.error} />}
    </form>
  );
};

export interface AddingToSeries {
  /** Null where nothing can be added, or not by the viewer. */
  readonly ask: (() => void) | null;
  readonly dialog: ReactNode;
  /** What was added last, with the way back. */
  readonly said: ReactNode;
  /** Something else was done: what was added is not the last any more. */
  readonly pass: () => void;
}

/** `target`: what S adds; null while nothing is chosen. */
export const useAddToSeries = (target: AddTarget | null): AddingToSeries => {
  const may = useRoles(KEEPING_ROLES);
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState<Done | null>(null);
  /** `passed`: something else was done since, and Z would take back what is no longer the last. */
  const [stage, setStage] = useState<'added' | 'undone' | 'passed'>('added');
  const undo = useChange(
    ({ series, added }: Done) =>
      callJson(`/series/${series.id}/members/remove`, MembersRemoved, {
        method: 'POST',
        body: { media: added.added, reason: words.undoReason },
      }),
    ASSERTED,
  );
  const close = (): void => setOpen(false);
  const ask = target === null || !may ? null : (): void => setOpen(true);
  const canUndo = done !== null && done.added.added.length > 0 && stage === 'added' && !undo.isPending;
  const takeBack = (): void => {
    if (canUndo) undo.mutate(done, { onSuccess: () => setStage('undone') });
  };
  useKeys(words.title, [{ action: 'toSeries', run: () => ask?.() }], { active: may });
  // While it is the last thing that was done, Z is its own.
  useKeys(words.undo, [{ action: 'undo', words: t.keys.undoSeries, run: takeBack }], { active: may && canUndo });
  useKeys(words.toSeries, [{ action: 'close', run: close }], { exclusive: true, active: open });
  const added = (one: Done): void => {
    setDone(one);
    setStage('added');
    undo.reset();
    close();
  };
  return {
    ask,
    pass: () => setStage('passed'),
    dialog: (
      <Modal
        opened={open && target !== null}
        onClose={close}
        title={words.toSeries}
        size="md"
        transitionProps={{ duration: 80, exitDuration: 0 }}
        closeButtonProps={{ 'aria-label': t.common.close }}
      >
        {target !== null && <AddForm target={target} last={done?.series} onDone={added} onClose={close} />}
      </Modal>
    ),
    said: (
      <span role="status" className={`clip ${styles['said']}`}>
        {done !== null && stage !== 'passed' && (
          <>
            {stage === 'undone'
              ? words.undone(done.added.added.length)
              : words.addedTo(done.added.added.length, done.added.already.length)}{' '}
            <Link to="/series/$seriesId" params={{ seriesId: done.series.id }} className="link">
              {done.series.name}
            </Link>{' '}
            {canUndo && (
              <button type="button" className="button plain" onClick={takeBack}>
                {words.undo} <Kbd action="undo" />
              </button>
            )}
          </>
        )}
        {undo.error !== null && <ProblemNotice error={undo.error} />}
      </span>
    ),
  };
};

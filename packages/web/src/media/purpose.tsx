// Asks why, once a session, before the first reveal; the answer is written into each audit event.
import { Modal } from '@mantine/core';
import { PurposeSet } from '@redthread/core/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
  type ReactNode,
  type SyntheticEvent,
} from 'react';
import { callVoid } from '../api/client.js';
import { meQuery } from '../api/queries.js';
import { ProblemNotice } from '../parts/problem-notice.js';
import { t } from '../text/index.js';
import styles from './purpose.module.css';

interface Purpose {
  /** True when a purpose is known; otherwise opens the question and gives false. */
  readonly ready: () => boolean;
  /** Acts at once when a purpose is known; otherwise asks, and acts when it has been given. */
  readonly whenReady: (action: () => void) => void;
}

const PurposeContext = createContext<Purpose>({ ready: () => false, whenReady: () => undefined });

export const usePurpose = (): Purpose => useContext(PurposeContext);

export const PurposeProvider = ({ children }: { children: ReactNode }): ReactNode => {
  const client = useQueryClient();
  const me = useQuery(meQuery);
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const known = me.data?.purpose ?? null;
  const ready = useCallback((): boolean => {
    if (known !== null) return true;
    setOpen(true);
    return false;
  }, [known]);
  const waiting = useRef<(() => void)[]>([]);
  const whenReady = useCallback(
    (action: () => void): void => {
      if (ready()) action();
      else waiting.current.push(action);
    },
    [ready],
  );
  const purpose = useMemo(() => ({ ready, whenReady }), [ready, whenReady]);
  const close = (): void => {
    waiting.current = [];
    setOpen(false);
  };
  const save = useMutation({
    mutationFn: (value: string) => callVoid('/me/purpose', { method: 'PUT', body: { purpose: value } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: meQuery.queryKey });
      const actions = waiting.current;
      close();
      for (const action of actions) action();
    },
  });
  const value = PurposeSet.safeParse({ purpose: text.trim() });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (value.success) save.mutate(value.data.purpose);
  };
  return (
    <PurposeContext value={purpose}>
      {children}
      <Modal
        opened={open}
        onClose={close}
        title={t.reveal.purposeTitle}
        size="sm"
        centered
        transitionProps={{ duration: 80 }}
        closeButtonProps={{ 'aria-label': t.common.close }}
      >
        <form className={styles['form']} onSubmit={submit}>
          <p className="muted">{t.reveal.purposeText}</p>
          <label className={styles['label']}>
            {t.reveal.purposeLabel}
            <input
              className="field"
              data-autofocus
              value={text}
              maxLength={200}
              placeholder={t.reveal.purposeHint}
              onKeyDown={(event) => {
                // The key that was held to reveal is still down: it writes nothing here.
                if (event.repeat && text === '') event.preventDefault();
              }}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          </label>
          {save.error !== null && <ProblemNotice error={save.error} />}
          <div className={styles['actions']}>
            <button type="button" className="button plain" onClick={close}>
              {t.common.cancel}
            </button>
            <button type="submit" className="button" disabled={!value.success || save.isPending}>
              {t.reveal.purposeSave}
            </button>
          </div>
        </form>
      </Modal>
    </PurposeContext>
  );
};

// The keymap, as it is for the viewer: another key for each thing, refused with the name of what has it already on the same page.
import {
  KEY_ACTION_NAMES,
  KEY_ACTIONS,
  KEY_PAGES,
  KeyChord,
  keyConflict,
  KeySettings,
  keysOf,
  type KeyAction,
  type KeyConflict,
} from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { callJson } from '../../api/client.js';
import { ownKeysQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { chordOf, keyName, type OwnKeys } from '../../app/keymap.js';
import { usePlace } from '../../app/place.js';
import { Async } from '../../parts/async.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { t } from '../../text/index.js';
import styles from './keys.module.css';

const words = t.keys;

/** Keys that move the focus or hold another down are not the one that is being chosen. */
const PASSED = ['Tab', 'Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock'];

const conflictInWords = ({ chord, other }: KeyConflict): string =>
  other === 'vote' ? words.takenByVote(keyName(chord)) : words.taken(keyName(chord), words[other]);

const pagesOf = (action: KeyAction): string => {
  const { pages } = KEY_ACTIONS[action];
  return pages.length === KEY_PAGES.length ? words.everyPage : pages.map((page) => words.pages[page]).join(', ');
};

interface RowProps {
  readonly action: KeyAction;
  readonly own: OwnKeys;
  readonly onKeys: (keys: readonly string[] | null) => void;
  readonly onRefused: (why: string) => void;
}

const Choose = ({ action, onKeys, onRefused }: Omit<RowProps, 'own'>): ReactNode => {
  const [listening, setListening] = useState(false);
  const take = (event: KeyboardEvent): void => {
    if (!listening || PASSED.includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    setListening(false);
    if (event.key === 'Escape') return;
    const chord = chordOf(event);
    if (chord === null || !KeyChord.safeParse(chord).success) onRefused(words.notAKey);
    else onKeys([chord]);
  };
  return (
    <button
      type="button"
      className="button"
      aria-label={listening ? words.press : words.change(words[action])}
      data-on={listening}
      onClick={() => setListening(true)}
      onKeyDown={take}
      onBlur={() => setListening(false)}
    >
      {listening ? words.press : t.common.change}
    </button>
  );
};

const Row = ({ action, own, onKeys, onRefused }: RowProps): ReactNode => {
  const chords = keysOf(action, own);
  return (
    <tr data-action={action}>
      <td>
        {chords.length === 0 && <span className="muted">{words.none}</span>}
        {chords.map((chord) => (
          <span key={chord} className={`kbd ${styles['key']}`}>
            {keyName(chord)}
          </span>
        ))}
      </td>
      <td className="grow">{words[action]}</td>
      <td className="muted">{pagesOf(action)}</td>
      <td className="num">
        {KEY_ACTIONS[action].isFixed === true ? (
          <span className="muted">{words.fixed}</span>
        ) : (
          <>
            {own[action] !== undefined && (
              <button
                type="button"
                className="button plain"
                aria-label={words.restore(words[action])}
                onClick={() => onKeys(null)}
              >
                {words.asItWas}
              </button>
            )}
            {chords.length > 0 && (
              <button
                type="button"
                className="button plain"
                aria-label={words.drop(words[action])}
                onClick={() => onKeys([])}
              >
                {words.dropWord}
              </button>
            )}{' '}
            <Choose action={action} onKeys={onKeys} onRefused={onRefused} />
          </>
        )}
      </td>
    </tr>
  );
};

const Keymap = ({ own }: { own: OwnKeys }): ReactNode => {
  const [refused, setRefused] = useState<string | null>(null);
  const change = useChange(
    (keys: OwnKeys) => callJson('/me/keys', KeySettings, { method: 'PUT', body: { keys } }),
    ['/me/keys'],
  );
  const keep = (next: OwnKeys): void => {
    const conflict = keyConflict(next);
    setRefused(conflict === null ? null : conflictInWords(conflict));
    if (conflict === null) change.mutate(next);
  };
  const give = (action: KeyAction, keys: readonly string[] | null): void => {
    const { [action]: _before, ...rest } = own;
    keep(keys === null ? rest : { ...rest, [action]: [...keys] });
  };
  return (
    <>
      <div className="head">
        <span className="muted">{words.chosenNote}</span>
        {Object.keys(own).length > 0 && (
          <button type="button" className="button" onClick={() => keep({})}>
            {words.restoreAll}
          </button>
        )}
        <span role="status">{change.isSuccess && refused === null && words.kept}</span>
      </div>
      {refused !== null && (
        <p role="alert" className={styles['refused']}>
          {refused}
        </p>
      )}
      {change.error !== null && <ProblemNotice error={change.error} />}
      <table className="table">
        <thead>
          <tr>
            <th>{words.key}</th>
            <th className="grow">{words.what}</th>
            <th>{words.where}</th>
            <th>
              <span className="hidden-words">{t.common.change}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {KEY_ACTION_NAMES.map((action) => (
            <Row key={action} action={action} own={own} onKeys={(keys) => give(action, keys)} onRefused={setRefused} />
          ))}
        </tbody>
      </table>
    </>
  );
};

export const KeysScreen = (): ReactNode => {
  const query = useQuery(ownKeysQuery);
  usePlace([{ words: t.account.title, href: '/account' }, { words: words.title }]);
  return (
    <div className="page">
      <Async query={query}>{({ keys }) => <Keymap own={keys} />}</Async>
    </div>
  );
};

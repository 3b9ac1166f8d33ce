// Digests, paths and commands in a mono face: the middle is cut, the end stays readable, a click copies the whole.
import { useState, type ReactNode } from 'react';
import { splitTail } from '../text/format.js';
import { t } from '../text/index.js';
import styles from './copyable.module.css';

const COPIED_MS = 1200;

const copyText = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};

/** What is seen is drawn by the style sheet; what is selected and copied by hand is the whole, without a break in it. */
const Cut = ({ text, head, end }: { text: string; head: string; end: string }): ReactNode => (
  <>
    <span className={styles['whole']}>{text}</span>
    <span className={styles['head']} data-text={head} aria-hidden />
    <span className={styles['tail']} data-text={end} aria-hidden />
  </>
);

/** `tail` characters of the end are never cut. */
export const Copyable = ({ text, tail = 12 }: { text: string; tail?: number }): ReactNode => {
  const [copied, setCopied] = useState(false);
  const [head, end] = splitTail(text, tail);
  const copy = async (): Promise<void> => {
    if (!(await copyText(text))) return;
    setCopied(true);
    setTimeout(() => setCopied(false), COPIED_MS);
  };
  return (
    <button
      type="button"
      className={styles['copyable']}
      title={`${text}\n${t.common.copy}`}
      onClick={() => void copy()}
    >
      <Cut text={text} head={head} end={end} />
      {copied && <span className={styles['done']}>{t.common.copied}</span>}
    </button>
  );
};

/** The same cut without the button, for links and cells. */
export const MiddleCut = ({ text, tail = 24 }: { text: string; tail?: number }): ReactNode => {
  const [head, end] = splitTail(text, tail);
  return (
    <span className={styles['cut']} title={text}>
      <Cut text={text} head={head} end={end} />
    </span>
  );
};

/** A command of the terminal, whole, with a click to copy. */
export const Command = ({ text }: { text: string }): ReactNode => (
  <div className={styles['command']}>
    <span className={styles['prompt']}>$</span>
    <Copyable text={text} tail={0} />
  </div>
);

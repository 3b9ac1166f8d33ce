// An empty place teaches the next step, with the exact command where there is one.
import type { ReactNode } from 'react';
import { Command } from '../form/copyable.js';
import styles from './teach.module.css';

interface TeachProps {
  readonly title: string;
  readonly text?: string;
  readonly command?: string;
  readonly children?: ReactNode;
}

export const Teach = ({ title, text, command, children }: TeachProps): ReactNode => (
  <div className={styles['teach']}>
    <p className={styles['title']}>{title}</p>
    {text !== undefined && <p className="muted">{text}</p>}
    {command !== undefined && <Command text={command} />}
    {children}
  </div>
);

// The text of a message as it stands, its leads set off: they are text, and nothing here opens one.
import type { ChatLead } from '@redthread/core/contract';
import { useState, type ReactNode } from 'react';
import { piecesOf } from '../../layout/marked-text.js';
import { t } from '../../text/index.js';
import styles from './message.module.css';

const words = t.chats.view;
/** A longer one is shown as far as this, until somebody wants the whole; UTF-16 units. */
const SHOWN = 4_000;

export const MessageText = ({ text, leads }: { text: string; leads: readonly ChatLead[] }): ReactNode => {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole || text.length <= SHOWN ? text : text.slice(0, SHOWN);
  return (
    <>
      <p className={styles['text']} dir="auto">
        {piecesOf(shown, leads).map(({ text: piece, mark }, i) =>
          mark === null ? (
            piece
          ) : (
            <span
              key={i}
              className={styles['lead']}
              data-lead={mark.kind}
              title={words.lead(t.chats.leads.kinds[mark.kind])}
            >
              {piece}
            </span>
          ),
        )}
        {shown.length < text.length && '…'}
      </p>
      {shown.length < text.length && (
        <button type="button" className="button plain" onClick={() => setWhole(true)}>
          {words.whole(text.length)}
        </button>
      )}
    </>
  );
};

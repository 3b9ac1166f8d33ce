// The workshop of a series: members in rows by what says that they belong, below a line what may belong too, the clue sheet at the right.
// A suggestion is taken by its button, by a key, or by dragging it to the members.
import { MembersAdded, type SeriesSuggestion } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { useState, type DragEvent, type ReactNode } from 'react';
import { callJson } from '../../api/client.js';
import { seriesSuggestionsQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { KEEPING_ROLES, useRoles } from '../../app/use-roles.js';
import { ClueSheet } from './clue-sheet.js';
import { Members } from './members.js';
import { DRAGGED, Suggestions } from './suggestions.js';
import styles from './workshop.module.css';

const LONGEST_REASON = 200;
const isOurs = (event: DragEvent): boolean => event.dataTransfer.types.includes(DRAGGED);

export const Workshop = ({ seriesId }: { seriesId: string }): ReactNode => {
  const may = useRoles(KEEPING_ROLES);
  const suggested = useQuery({ ...seriesSuggestionsQuery(seriesId), staleTime: 0 });
  const [over, setOver] = useState(false);
  const add = useChange(
    (one: SeriesSuggestion) =>
      callJson(`/series/${seriesId}/members`, MembersAdded, {
        method: 'POST',
        body: {
          media: [one.mediaId],
          reason: one.words.slice(0, LONGEST_REASON),
          ...(one.method.includes('@') && { method: one.method }),
        },
      }),
    ['/series', '/media'],
  );
  const drop = (event: DragEvent): void => {
    if (!isOurs(event)) return;
    event.preventDefault();
    setOver(false);
    const id = event.dataTransfer.getData(DRAGGED);
    const one = suggested.data?.items.find(({ mediaId }) => mediaId === id);
    if (one !== undefined) add.mutate(one);
  };
  return (
    <div className={styles['workshop']}>
      <div>
        <div
          className={styles['drop']}
          data-over={over}
          onDragOver={(event) => {
            if (!may || !isOurs(event)) return;
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        >
          <Members seriesId={seriesId} />
        </div>
        <div className={styles['line']}>
          <Suggestions query={suggested} add={add} may={may} />
        </div>
      </div>
      <ClueSheet seriesId={seriesId} />
    </div>
  );
};

// The record on a terminal.
import type { AuditEvent, RecordState } from '@redthread/core/contract';
import { cut, table, thousands } from '../../app/cli/table.js';

const LONGEST_DETAIL = 60;

const detailWords = (detail: AuditEvent['detail']): string =>
  Object.entries(detail)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');

/** A text that was erased says so; one that never was stays empty. */
const text = (event: AuditEvent, field: 'login' | 'purpose'): string =>
  event[field] ?? (event.erased.includes(field) ? '(erased)' : '');

export const eventLines = (events: readonly AuditEvent[]): string[] =>
  table(
    [
      { title: 'no.', align: 'right' },
      { title: 'time' },
      { title: 'who' },
      { title: 'event' },
      { title: 'object' },
      { title: 'purpose' },
      { title: 'detail' },
    ],
    events.map((event) => [
      event.number === null ? 'waits' : thousands(event.number),
      event.at.slice(0, 19).replace('T', ' '),
      text(event, 'login'),
      event.type,
      event.objectKind === null ? '' : `${event.objectKind} ${(event.objectId ?? '(erased)').slice(0, 8)}`,
      text(event, 'purpose'),
      cut(
        [
          detailWords(event.detail),
          ...event.erased.filter((field) => field.startsWith('detail.')).map((field) => `${field.slice(7)} (erased)`),
        ]
          .filter((part) => part !== '')
          .join(', '),
        LONGEST_DETAIL,
      ),
    ]),
  );

const SEALING: Readonly<Record<RecordState['sealing'], string>> = {
  sealing: 'a sealer is at work',
  broken: 'RECORD_BROKEN: see redthread verify',
  absent: 'no sealer is at work, commands seal when they end',
  'read-only': 'KEY_MISSING: nothing is sealed without the master key',
};

export const stateLines = ({ anchors, head, places, sealing, size, waiting }: RecordState): string[] => [
  `sealed  ${thousands(size)} events; ${thousands(waiting)} wait; ${SEALING[sealing]}`,
  ...(head === null ? [] : [`head    ${head.root}  ${head.at}  key ${head.key}`]),
  `anchor  ${anchors[0] === undefined ? 'none' : `${anchors[0].kind} ${anchors[0].at}, ${thousands(anchors[0].size)} events`}`,
  ...places.flatMap(({ code, kind }) => (code === null ? [] : [`        ${kind}: ${code}`])),
];

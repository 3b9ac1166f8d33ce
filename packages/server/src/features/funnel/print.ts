// The funnel as a small table for the terminal: parts indented under what they add up to.
import { minute } from '../../app/cli/minute.js';
import { bold, bytes, table, thousands } from '../../app/cli/table.js';
import type { Funnel, FunnelStep } from '@redthread/core/contract';

const LABELS: Readonly<Record<FunnelStep, string>> = {
  seized: 'seized',
  unreadable: '  unreadable',
  duplicate: '  duplicate',
  unique: '  unique',
  known: '    known',
  'same-content': '    same content',
  'not-compared': '    not compared',
  new: '    new',
  partial: '      partial',
  reviewed: '  reviewed',
  contributed: '  contributed',
  identified: '  identified',
};

export const funnelLines = (funnel: Funnel, colour: boolean): string[] => [
  bold(`${funnel.scope.kind} ${funnel.scope.label}`, colour),
  ...table(
    [{ title: 'step' }, { title: 'files', align: 'right' }, { title: 'size', align: 'right' }],
    funnel.steps.map((step) => [LABELS[step.step], thousands(step.files), bytes(step.bytes)]),
  ),
  ...funnel.listsUnasked.map(
    ({ name, version, code, since }) =>
      `LIST_DAMAGED: the list ${name} ${version} could not be asked since ${minute(since)} (${code}): of what came in since, nobody knows whether it is on it`,
  ),
];

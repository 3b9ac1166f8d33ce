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

const BY_AGENCY = [
  'seized',
  'unreadable',
  'unique',
  'known',
  'same-content',
  'not-compared',
  'new',
  'reviewed',
] as const;

/** Where several agencies have a part in it. */
const byAgency = (agencies: Funnel['agencies']): string[] =>
  agencies.length < 2
    ? []
    : [
        '',
        ...table(
          [
            { title: 'agency' },
            { title: 'country' },
            ...BY_AGENCY.map((step) => ({ title: LABELS[step].trim(), align: 'right' as const })),
          ],
          agencies.map(({ agency, steps }) => [
            agency.name,
            agency.country,
            ...BY_AGENCY.map((step) => thousands(steps.find((one) => one.step === step)?.files ?? 0)),
          ]),
        ),
      ];

export const funnelLines = (funnel: Funnel, colour: boolean): string[] => [
  bold(`${funnel.scope.kind} ${funnel.scope.label}`, colour),
  ...table(
    [{ title: 'step' }, { title: 'files', align: 'right' }, { title: 'size', align: 'right' }],
    funnel.steps.map((step) => [LABELS[step.step], thousands(step.files), bytes(step.bytes)]),
  ),
  ...byAgency(funnel.agencies),
  ...funnel.listsUnasked.map(
    ({ name, version, code, since }) =>
      `LIST_DAMAGED: the list ${name} ${version} could not be asked since ${minute(since)} (${code}): of what came in since, nobody knows whether it is on it`,
  ),
];

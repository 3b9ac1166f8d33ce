// What the demonstration prints when everything is compared: the funnel, what connects, and how that agrees with what was drawn.
import type { Connection, Funnel } from '@redthread/core/contract';
import type { Io } from '../../app/cli/io.js';
import { bold, dim, thousands, thread } from '../../app/cli/table.js';
import { connectionLines } from '../connections/index.js';
import { funnelLines } from '../funnel/index.js';
import type { ChatsReport } from './chats-check.js';
import { chatLines } from './chats-lines.js';
import type { TruthReport } from './truth-check.js';

export interface DemoReport {
  readonly funnel: Funnel;
  readonly connections: readonly Connection[];
  readonly connectionCount: number;
  readonly truth: TruthReport;
  readonly chats: ChatsReport;
}

const SHOWN_PAIRS = 10;

const truthLines = ({ truth }: DemoReport, colour: boolean): string[] => {
  const right = truth.missed.length === 0 && truth.wrong.length === 0 && truth.films.found === truth.films.expected;
  const verdict = `truth: ${thousands(truth.found)} of ${thousands(truth.expected)} pairs found, ${thousands(truth.wrong.length)} wrong`;
  const listed = (what: string, pairs: TruthReport['missed']): string[] =>
    pairs.slice(0, SHOWN_PAIRS).map(([a, b]) => `  ${what}: ${a} and ${b}`);
  return [
    right ? bold(verdict, colour) : thread(verdict, colour),
    dim(`  and ${thousands(truth.beyondFloor)} pairs of copies that were edited beyond what has to be found`, colour),
    dim(`  ${partsInWords(truth.parts)}`, colour),
    ...(truth.films.expected === 0 ? [] : [dim(`  ${filmsInWords(truth.films)}`, colour)]),
    ...listed('missed', truth.missed),
    ...listed('wrong', truth.wrong),
  ];
};

const filmsInWords = ({ expected, found }: TruthReport['films']): string =>
  `and ${thousands(found)} of ${thousands(expected)} pairs of one film, as a whole, along a stretch or by its sound`;

const partsInWords = ({ picture, room, thing, unknown }: TruthReport['parts']): string =>
  `and by parts and places ${thousands(picture)} pairs of one picture, ${thousands(room)} of one room, ${thousands(thing)} with a thing or layout in common, ${thousands(unknown)} with a drawn pattern at most`;

/** How many of them stand there, where it is not all. */
const shownOf = ({ connections, connectionCount }: DemoReport, colour: boolean): string[] =>
  connections.length < connectionCount
    ? [dim(`${connections.length} of ${thousands(connectionCount)}, the strongest`, colour)]
    : [];

export const printReport = (io: Io, report: DemoReport): void => {
  for (const lines of [
    funnelLines(report.funnel, io.colour),
    chatLines(report.chats, io.colour),
    [
      bold(`connections: ${thousands(report.connectionCount)} pairs of exhibits`, io.colour),
      ...connectionLines(report.connections),
      ...shownOf(report, io.colour),
    ],
    truthLines(report, io.colour),
  ]) {
    if (lines.length === 0) continue;
    io.out('');
    lines.forEach(io.out);
  }
  io.out('');
};

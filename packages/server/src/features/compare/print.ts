// Signals and pairs for a person at a terminal.
import type { PairLine, Reason, SignalsLine } from '@redthread/core/contract';
import { countedInWords, turnInWords } from '@redthread/core/domain';
import { isAtLeastMethod, METHODS } from '@redthread/core/signals';
import { traceWords } from '@redthread/core/traces';
import { bold, dim, table, thousands, thread } from '../../app/cli/table.js';

const MEANING: Readonly<Record<PairLine['grade'], string>> = {
  identical: 'the same bytes',
  'same content': 'the same picture: re-encoded, resized, turned or lightly edited',
  partial: 'one shows a part of the other',
  'same scene': 'the same place or object in another picture',
  'same source': 'the same camera, device or account',
  none: 'nothing that was measured says that they show the same',
};

/** On which side of its threshold a match of this method lies. */
const bound = ({ method }: Reason): string => (isAtLeastMethod(method) ? '≥' : '≤');

const number = (value: number): string => String(Math.round(value * 100) / 100);

const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** Where the parts lie that two pictures have in common: one line a reason that knows. */
const regionLines = (reasons: readonly Reason[], colour: boolean): string[] =>
  reasons.flatMap(({ method, where: { a, b } }) =>
    a.region === undefined || b.region === undefined
      ? []
      : [
          dim(
            `${method}: in common are ${regionWords(a.region)} of the first and ${regionWords(b.region)} of the second`,
            colour,
          ),
        ],
  );

const clock = (ms: number): string => {
  const seconds = ms / 1000;
  return `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(1).padStart(4, '0')}`;
};

interface Range {
  readonly startMs: number;
  readonly endMs: number;
}

const span = ({ endMs, startMs }: Range): string =>
  startMs === endMs ? clock(startMs) : `${clock(startMs)} to ${clock(endMs)}`;

/** A picture beside a film has no time of its own. */
const isStill = ({ endMs, startMs }: Range): boolean => startMs === 0 && endMs === 0;

const speedInWords = (speed: number): string =>
  speed === 1 ? '' : speed < 0 ? ', backwards' : `, ${speed < 1 ? 'faster' : 'slower'} (${speed} x as long)`;

const stretchInWords = ({ a, b, speed }: { readonly a: Range; readonly b: Range; readonly speed: number }): string =>
  isStill(a) !== isStill(b)
    ? `at ${span(isStill(b) ? a : b)} of the ${isStill(b) ? 'first' : 'second'}`
    : `${span(a)} of the first is ${span(b)} of the second${speedInWords(speed)}`;

/** When two films or sounds run alike: one line a stretch. What fell short has none. */
const timeLines = (reasons: readonly Reason[], colour: boolean): string[] =>
  reasons.flatMap(({ grade, method, where: { a, b, segments } }) => {
    if (grade === 'none') return [];
    const ranges = segments ?? (a.timeRange && b.timeRange ? [{ a: a.timeRange, b: b.timeRange, speed: 1 }] : []);
    if (ranges.length === 0 && (a.timeRange ?? b.timeRange) !== undefined)
      return [
        dim(`${method}: at ${span((a.timeRange ?? b.timeRange)!)} of the ${a.timeRange ? 'first' : 'second'}`, colour),
      ];
    return ranges.map((range) => dim(`${method}: ${stretchInWords(range)}`, colour));
  });

/** What a method was counted on. */
const countedOn = (method: string): string => {
  const types = METHODS.find(({ name }) => name === method)?.mediaTypes ?? [];
  return types.includes('sound') ? 'sounds' : types.includes('film') ? 'films' : 'pictures';
};

/** What the evidence rests on: one line a reason that counts. */
const countedLines = (reasons: readonly Reason[], colour: boolean): string[] =>
  reasons.flatMap(({ counted, method }) =>
    counted === undefined ? [] : [dim(`${method}: ${countedInWords(counted, countedOn(method))}`, colour)],
  );

const regionWords = ({ height, width, x, y }: NonNullable<Reason['where']['a']['region']>): string =>
  `${percent(width)} × ${percent(height)} at ${percent(x)}, ${percent(y)}`;

const noteLines = (notes: PairLine['notes'], colour: boolean): string[] =>
  notes.map(({ code, detail }) => dim(`${code}: ${detail}`, colour));

export const signalLines = (line: SignalsLine, colour: boolean): string[] => [
  bold(line.file, colour),
  `  ${line.type}${line.width === null ? '' : `, ${line.width} × ${line.height ?? 0}`}${line.durationMs === null ? '' : `, ${clock(line.durationMs)}`}  sha256 ${line.sha256}`,
  ...line.signals.map(
    ({ bytes, method, quality, value, version }) =>
      `  ${`${method} v${version}`.padEnd(14)} quality ${String(quality ?? '-').padStart(3)}  ${value === null ? `${thousands(bytes)} bytes: --full prints them` : typeof value === 'object' ? traceWords(method, value) : String(value)}`,
  ),
  ...(line.decoder === null ? [] : [dim(`  ${line.decoder}`, colour)]),
  ...noteLines(line.notes, colour).map((note) => `  ${note}`),
];

/** A verdict line, then every measurement with its threshold and what it says. */
export const pairLines = (line: PairLine, colour: boolean): string[] => [
  `${bold(line.grade === 'none' ? 'no match' : line.grade, colour)}: ${MEANING[line.grade]}`,
  dim(`  ${line.a}`, colour),
  dim(`  ${line.b}`, colour),
  ...table(
    [
      { title: 'method' },
      { title: 'measured', align: 'right' },
      { title: 'threshold', align: 'right' },
      { title: 'unit' },
      { title: 'evidence', align: 'right' },
      { title: 'says' },
      { title: 'the second is' },
    ],
    line.reasons.map((reason) => [
      `${reason.method} v${reason.version}`,
      number(reason.value),
      `${bound(reason)} ${number(reason.threshold)}`,
      reason.unit,
      reason.bits > 0 ? reason.bits.toFixed(1) : '',
      reason.grade === 'none' ? '-' : reason.grade,
      reason.grade === 'none' ? '' : turnInWords(reason.where),
    ]),
  ),
  ...timeLines(line.reasons, colour),
  ...regionLines(line.reasons, colour),
  ...countedLines(line.reasons, colour),
  ...[...new Set([line.decoders.a, line.decoders.b])].flatMap((decoder) =>
    decoder === null ? [] : [dim(decoder, colour)],
  ),
  ...noteLines(line.notes, colour),
];

/** One line a pair: grade, both files by their paths in their folders, the strongest reason. */
export const matchLine = (
  line: PairLine,
  colour: boolean,
  nameOf: Record<'a' | 'b', (file: string) => string>,
): string => {
  const [strongest] = line.reasons;
  const why =
    strongest === undefined || line.grade === 'identical'
      ? ''
      : `${strongest.method} ${number(strongest.value)} ${bound(strongest)} ${number(strongest.threshold)} ${strongest.unit} ${turnInWords(strongest.where)}`;
  return `${thread(line.grade.padEnd(12), colour)}  ${nameOf.a(line.a)}  ${nameOf.b(line.b)}  ${dim(why.trimEnd(), colour)}`;
};

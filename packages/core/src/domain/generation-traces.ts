// What about a file speaks for its coming straight from a camera, and not by way of others: traces of how it was made and spread, never of what
// it shows. None of them proves it; each is told with what it rests on.
import type { DeviceTraits } from './device-numbers.js';
import { wallOf } from './source-interval.js';

export const TRACES = ['camera', 'number', 'burst', 'recent', 'alone'] as const;
export type TraceName = (typeof TRACES)[number];

export interface Trace {
  readonly trace: TraceName;
  readonly words: string;
}

export interface TracedFile {
  readonly id: string;
  /** Null where the file names none, or must not be opened. */
  readonly camera: Pick<DeviceTraits, 'make' | 'model'> | null;
  readonly software: string | null;
  /** As `deviceNumbers` has them. */
  readonly numbers: readonly string[];
  /** Wall clock as it was written. */
  readonly takenAt: string | null;
  /** When its exhibit was registered. */
  readonly registeredAt: Date;
  /** Other different files of its exhibit by the same number. */
  readonly bySameNumber: number;
  /** Copies, identical or near, anywhere that the viewer sees. */
  readonly copies: number;
}

export interface FirstGeneration {
  readonly id: string;
  readonly traces: readonly Trace[];
  readonly takenAt: string | null;
}

const DAY_MS = 86_400_000;
const RECENT_DAYS = 90;
const BURST_MS = 10_000;

/** Cameras write the version of their own program there, or their model; whoever edits writes a name. */
const isOfCamera = (software: string | null, model: string): boolean =>
  software === null || /^[\d.]+$/.test(software) || software.toUpperCase().includes(model.toUpperCase());

const counted = (n: number, one: string, many: string): string => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

const ofCamera = ({ camera, software, takenAt }: TracedFile): Trace[] => {
  if (camera === null || takenAt === null || camera.make === null || camera.model === null) return [];
  return isOfCamera(software, camera.model)
    ? [{ trace: 'camera', words: `Written by a camera, ${camera.make} ${camera.model}, and by no other program.` }]
    : [];
};

const ofNumber = ({ bySameNumber }: TracedFile): Trace[] =>
  bySameNumber === 0
    ? []
    : [
        {
          trace: 'number',
          words: `The camera of its number made ${counted(bySameNumber, 'other file', 'other files')} of this exhibit.`,
        },
      ];

/** How many others one camera took close to each. */
const burstsOf = (files: readonly TracedFile[]): Map<string, number> => {
  const byNumber = new Map<string, { readonly id: string; readonly at: number }[]>();
  for (const { id, numbers, takenAt } of files) {
    const at = takenAt === null ? null : wallOf(takenAt);
    if (at !== null) for (const number of numbers) byNumber.set(number, [...(byNumber.get(number) ?? []), { id, at }]);
  }
  const near = new Map<string, number>();
  for (const taken of byNumber.values()) {
    taken.sort((x, y) => x.at - y.at);
    for (const [i, { id, at }] of taken.entries()) {
      let others = 0;
      for (let j = i - 1; j >= 0 && at - (taken[j]?.at ?? -Infinity) <= BURST_MS; j -= 1) others += 1;
      for (let j = i + 1; j < taken.length && (taken[j]?.at ?? Infinity) - at <= BURST_MS; j += 1) others += 1;
      near.set(id, Math.max(others, near.get(id) ?? 0));
    }
  }
  return near;
};

const ofBurst = (others: number): Trace[] =>
  others === 0
    ? []
    : [
        {
          trace: 'burst',
          words: `One of ${others + 1} that one camera took within ${BURST_MS / 1_000} seconds of it.`,
        },
      ];

const ofTime = ({ takenAt, registeredAt }: TracedFile): Trace[] => {
  const at = takenAt === null ? null : wallOf(takenAt);
  if (takenAt === null || at === null) return [];
  const days = Math.floor((registeredAt.getTime() - at) / DAY_MS);
  return days < 0 || days > RECENT_DAYS
    ? []
    : [
        {
          trace: 'recent',
          words: `Taken ${takenAt} by its own clock, ${counted(days, 'day', 'days')} before the exhibit was registered.`,
        },
      ];
};

const ofCopies = ({ copies }: TracedFile): Trace[] =>
  copies === 0 ? [{ trace: 'alone', words: 'No copy of it anywhere that you see.' }] : [];

/** Those with the most traces first, of these the one that was taken last; that no copy is known is a trace of everything new, and none by itself. */
export const rankFirstGeneration = (files: readonly TracedFile[]): FirstGeneration[] => {
  const bursts = burstsOf(files);
  return files
    .map((file) => ({
      id: file.id,
      takenAt: file.takenAt,
      traces: [
        ...ofCamera(file),
        ...ofNumber(file),
        ...ofBurst(bursts.get(file.id) ?? 0),
        ...ofTime(file),
        ...ofCopies(file),
      ],
    }))
    .filter(({ traces }) => traces.some(({ trace }) => trace !== 'alone'))
    .sort(
      (x, y) =>
        y.traces.length - x.traces.length || compareText(y.takenAt ?? '', x.takenAt ?? '') || compareText(x.id, y.id),
    );
};

const compareText = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0);

import { describe, expect, it } from 'vitest';
import { rankFirstGeneration, type TracedFile } from './generation-traces.js';

const file = (id: string, more: Partial<TracedFile> = {}): TracedFile => ({
  id,
  camera: { make: 'Norvik', model: 'N40' },
  software: null,
  numbers: ['body N40 1'],
  takenAt: '2026:03:01 12:00:00',
  registeredAt: new Date('2026-03-11T09:00:00Z'),
  bySameNumber: 0,
  copies: 1,
  ...more,
});
const tracesOf = (one: TracedFile, ...others: TracedFile[]): string[] =>
  rankFirstGeneration([one, ...others])
    .find(({ id }) => id === one.id)
    ?.traces.map(({ trace }) => trace) ?? [];

describe('traces of a first generation', () => {
  it('are those of how it was made and spread, each with what it rests on', () => {
    const [first] = rankFirstGeneration([
      file('a', { bySameNumber: 14, copies: 0 }),
      file('b', { takenAt: '2026:03:01 12:00:06' }),
    ]);
    expect(first).toEqual({
      id: 'a',
      takenAt: '2026:03:01 12:00:00',
      traces: [
        { trace: 'camera', words: 'Written by a camera, Norvik N40, and by no other program.' },
        { trace: 'number', words: 'The camera of its number made 14 other files of this exhibit.' },
        { trace: 'burst', words: 'One of 2 that one camera took within 10 seconds of it.' },
        {
          trace: 'recent',
          words: 'Taken 2026:03:01 12:00:00 by its own clock, 9 days before the exhibit was registered.',
        },
        { trace: 'alone', words: 'No copy of it anywhere that you see.' },
      ],
    });
  });

  it('are lost where another program wrote it, and kept where the camera names its own', () => {
    expect(tracesOf(file('a', { software: 'Picture Editor 4' }))).not.toContain('camera');
    for (const software of ['17.1.2', 'N40 firmware 2']) expect(tracesOf(file('a', { software }))).toContain('camera');
  });

  it('are of one camera: what another took at the same time is no burst, nor is what has no number', () => {
    expect(tracesOf(file('a'), file('b', { numbers: ['body N40 2'] }))).not.toContain('burst');
    expect(tracesOf(file('a', { numbers: [] }), file('b', { numbers: [] }))).not.toContain('burst');
  });

  it('of time are those before the exhibit was registered, by a clock that is believed as it is written', () => {
    for (const takenAt of ['2025:01:01 00:00:00', '2026:12:01 00:00:00', '0000:00:00 00:00:00', null])
      expect(tracesOf(file('a', { takenAt }))).not.toContain('recent');
  });

  it('rank what has most of them first, then what was taken last; a new file with no other trace is not in it', () => {
    const files = [
      file('plain', { camera: null, takenAt: null, copies: 0 }),
      file('old', { takenAt: '2026:02:01 00:00:00' }),
      file('young', { takenAt: '2026:03:05 00:00:00' }),
      file('most', { bySameNumber: 1, copies: 0 }),
    ];
    const order = ['most', 'young', 'old'];
    expect(rankFirstGeneration(files).map(({ id }) => id)).toEqual(order);
    expect(rankFirstGeneration([...files].reverse()).map(({ id }) => id)).toEqual(order);
  });
});

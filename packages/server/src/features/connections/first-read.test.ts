import { describe, expect, it } from 'vitest';
import { FirstReads, untilRead, type FirstRead } from './first-read.js';

const gate = (): { readonly closed: Promise<void>; readonly open: () => void } => {
  let open = (): void => undefined;
  const closed = new Promise<void>((resolve) => (open = resolve));
  return { closed, open };
};

const refused = (read: FirstRead): Promise<unknown> =>
  untilRead(read, 1).then(
    () => 'read',
    (error: unknown) => error,
  );

describe('reads of everything', () => {
  it('come one after the other, and tell those who wait how far they are', async () => {
    const reads = new FirstReads();
    const [media, matches] = [gate(), gate()];
    const done: string[] = [];
    const one = reads.begin(async (progress) => {
      await media.closed;
      progress.media = 213_402;
      await matches.closed;
      progress.matches = 810_220;
      done.push('one');
    });
    const two = reads.begin(() => {
      done.push('two');
      return Promise.resolve();
    });
    expect(await refused(one)).toMatchObject({
      code: 'CONNECTIONS_BEING_READ',
      detail: expect.stringMatching(/^the files that you see are read/) as string,
    });
    expect(await refused(two)).toMatchObject({ detail: 'it waits until another one has been read' });
    media.open();
    await Promise.resolve();
    expect(await refused(one)).toMatchObject({
      detail: expect.stringMatching(/^the matches of 213,402 different files are read, since \d+ s$/) as string,
    });
    matches.open();
    await untilRead(two, Infinity);
    expect(done).toEqual(['one', 'two']);
    expect(await refused(one)).toBe('read');
  });

  it('go on after one that failed, which tells everybody who waits', async () => {
    const reads = new FirstReads();
    const one = reads.begin(() => Promise.reject(new Error('gone')));
    const two = reads.begin(() => Promise.resolve());
    await expect(untilRead(one, 1_000)).rejects.toThrow('gone');
    await expect(untilRead(one, Infinity)).rejects.toThrow('gone');
    await untilRead(two, Infinity);
  });
});

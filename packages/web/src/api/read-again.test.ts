import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { readAgain } from './read-again.js';

const client = (): QueryClient => new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 10_000 } } });

/** A page that shows what the server says at the time of asking, but is answered only when the test lets it. */
const page = (of: QueryClient, queryKey: readonly string[], says: () => string) => {
  const waiting: (() => void)[] = [];
  const observer = new QueryObserver<string>(of, {
    queryKey: [...queryKey],
    queryFn: ({ signal }) => {
      const answer = says();
      return new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('given up')));
        waiting.push(() => resolve(answer));
      });
    },
  });
  const stop = observer.subscribe(() => undefined);
  return { shown: () => observer.getCurrentResult().data, answer: () => waiting.shift()?.(), asked: waiting, stop };
};

it('begins a first read anew that was on its way when the change was made', async () => {
  const of = client();
  let said = 'before';
  const custody = page(of, ['/cases/1/custody'], () => said);
  said = 'after';
  const again = readAgain(of, ['/cases']);
  await expect.poll(() => custody.asked.length).toBe(2);
  custody.answer();
  custody.answer();
  await again;
  expect(custody.shown()).toBe('after');
  custody.stop();
});

it('reads again what is shown, and leaves what lies elsewhere alone', async () => {
  const of = client();
  let said = 'before';
  const custody = page(of, ['/cases/1/custody'], () => said);
  const lists = page(of, ['/lists'], () => said);
  custody.answer();
  lists.answer();
  await expect.poll(lists.shown).toBe('before');
  said = 'after';
  const again = readAgain(of, ['/cases']);
  await expect.poll(() => custody.asked.length).toBe(1);
  custody.answer();
  await again;
  expect([custody.shown(), lists.shown(), lists.asked.length]).toEqual(['after', 'before', 0]);
  custody.stop();
  lists.stop();
});

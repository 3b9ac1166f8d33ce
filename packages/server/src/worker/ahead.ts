// Does the next items' preparation while the present one is worked on, in order.

/** Yields `prepare(item)` of each item in order, with up to `depth` preparations begun ahead of the consumer. */
export async function* ahead<T, R>(
  items: AsyncIterable<T>,
  depth: number,
  prepare: (item: T) => Promise<R>,
): AsyncGenerator<R, void, void> {
  const iterator = items[Symbol.asyncIterator]();
  const begun: Promise<IteratorResult<R>>[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const begin = (): void => {
    // One `next` at a time: a generator that waits for work must not be asked twice.
    const item = last.then(() => iterator.next());
    last = item.catch(() => undefined);
    const result = item.then(async (next): Promise<IteratorResult<R>> =>
      next.done === true ? { done: true, value: undefined } : { done: false, value: await prepare(next.value) },
    );
    result.catch(() => undefined);
    begun.push(result);
  };
  try {
    for (;;) {
      while (begun.length < depth) begin();
      const next = await begun.shift();
      if (next === undefined || next.done === true) return;
      begin();
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

// Which clear texts were erased by somebody who said so in the record: the only reason for a text to be gone.
import type { Json } from '@redthread/core/audit';

/** "12,15-20" as pairs of first and last. */
const rangesOf = (text: string): (readonly [number, number])[] =>
  text.split(',').flatMap((part) => {
    const [, low, high] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    return low === undefined ? [] : [[Number(low), Number(high ?? low)] as const];
  });

interface Erasure {
  readonly ranges: readonly (readonly [number, number])[];
  readonly fields: ReadonlySet<Json>;
}

/** Erasures and gaps of one log, held against each other once all of it was read: an erasure comes after what it erases. */
export class Erasures {
  readonly #erasures: Erasure[] = [];
  readonly #gone: { readonly number: number; readonly field: string }[] = [];

  /** Of an event `audit-erase`. */
  said({ numbers, fields }: Readonly<Record<string, Json>>): void {
    this.#erasures.push({
      ranges: rangesOf(typeof numbers === 'string' ? numbers : ''),
      fields: new Set(Array.isArray(fields) ? (fields as Json[]) : []),
    });
  }

  gone(number: number, field: string): void {
    this.#gone.push({ number, field });
  }

  /** Texts that are gone and that nobody said to have erased. */
  unsaid(): { readonly number: number; readonly field: string }[] {
    return this.#gone.filter(
      ({ number, field }) =>
        !this.#erasures.some(
          ({ fields, ranges }) => fields.has(field) && ranges.some(([low, high]) => low <= number && number <= high),
        ),
    );
  }
}

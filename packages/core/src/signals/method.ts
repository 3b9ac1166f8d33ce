// What a method promises: a self-describing object that checks and compares one kind of signal. One conformance suite runs
// against every method (method.conformance.test.ts); docs/adding-a-method.md tells how to add one.
import type { Note, Where } from '../contract/comparison.js';
import type { MatchGrade } from '../domain/grade.js';
import type { Orientation } from '../kernels/index.js';

/** Something comparable, derived from a medium by one version of a method. */
export interface Signal {
  readonly method: string;
  readonly version: number;
  /** 0..100 where the method knows one. Low quality is a result: the value stays. */
  readonly quality: number | null;
  readonly value: Uint8Array;
}

/** What one method measured between two signals. */
export interface Comparison {
  readonly value: number;
  readonly unit: string;
  readonly threshold: number;
  /** The grade that the measurement supports, `null` where it falls short. */
  readonly grade: MatchGrade | null;
  readonly where: Where;
  /** What this method explains of what another one counts by rules of its own, so that the two can be held against one another. */
  readonly explains?: number;
  /** Why it fell short, where the value alone does not say so. */
  readonly note?: Note;
}

/** What another method already found out about the pair. */
export interface ComparisonHint {
  /** How `b` shows `a`: turned, mirrored... */
  readonly orientation?: Orientation;
}

/** How often something was wrong where it said yes: `errors` in `comparisons` of different pictures of the named set. */
export interface CountedRates {
  readonly errors: number;
  readonly comparisons: number;
  readonly set: string;
  /**
   * Where all pairs of a set were counted: how many of its pictures were made independently of all others, and how many of these take part in
   * an error. Pairs that share a picture are not independent (`likelihoodBits` says what follows).
   */
  readonly subjects?: { readonly made: number; readonly wrong: number };
}

/** Counted; or, for a method that rests on a proof, the bits that its source grants. */
export type ErrorRates = CountedRates | { readonly bits: number; readonly source: string };

export interface MethodExample {
  readonly a: Signal;
  readonly b: Signal;
  readonly value: number;
  readonly grade: MatchGrade | null;
}

export type MediaType = 'any' | 'picture' | 'film' | 'sound';

export interface SignalMethod {
  /** Lower-case words joined by hyphens; the name in the database, in JSON and in docs/methods/. */
  readonly name: string;
  /** Rises when the same medium would give another value. */
  readonly version: number;
  /** One line for people. */
  readonly title: string;
  readonly mediaTypes: readonly MediaType[];
  readonly unit: string;
  readonly threshold: number;
  /** On which side of the threshold a match lies. */
  readonly matchesWhen: 'at-most' | 'at-least';
  readonly rates: ErrorRates;
  /** Two pairs or more that also serve as test vectors: one that matches and one that does not. */
  readonly examples: readonly MethodExample[];
  /** Compares the signals of this method; without it, its own. */
  readonly reads?: Pick<SignalMethod, 'name' | 'version'>;
  /** A value begins with so many bytes that say how long it is; without it, all values are of one length. */
  readonly headerBytes?: number;
  /** Throws HASH_INVALID or QUALITY_INVALID, naming what is wrong with the signal. */
  validate(signal: Signal): void;
  /** Symmetric: swapping `a` and `b` swaps `where` and changes nothing else. Expects valid signals. */
  compare(a: Signal, b: Signal, hint?: ComparisonHint): Comparison;
}

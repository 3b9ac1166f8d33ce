// What an export says of a media and of the case that it is in: the one form from which every format is written.
import type { AgencyRef, Deletion, SourceTime } from '@redthread/core/contract';

/** A file at its path. Its times are as they were written. */
export interface ExchangeFile {
  readonly caseId: string;
  readonly exhibitId: string;
  readonly exhibit: string;
  readonly path: string;
  readonly container: string | null;
  readonly times: readonly SourceTime[];
  /** What its file system says of it when it is not there any more. */
  readonly deletion: Deletion | null;
  /** The code that it carries: of its exhibit, else of its case. */
  readonly handling: string;
}

/** What the votes of an agency come to in a scheme. */
export interface ExchangeVerdict {
  /** `scheme@version`. */
  readonly scheme: string;
  readonly state: 'decided' | 'waiting' | 'disputed';
  /** The code that leads; null where none does. */
  readonly code: string | null;
  readonly looked: number;
  readonly byStack: number;
  readonly notLooked: number;
}

/** One vote in force, by somebody of the media's own agency. */
export interface ExchangeVote {
  readonly id: string;
  readonly login: string;
  /** `scheme@version:code`. */
  readonly code: string;
  readonly seen: 'looked' | 'by-stack' | 'not-looked';
  readonly at: string;
}

/** What a list says: never what somebody here has seen. */
export interface ExchangeListHit {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly polarity: string;
  readonly owner: string | null;
}

export interface ExchangeSeries {
  readonly id: string;
  readonly name: string;
  readonly state: string;
}

export interface ExchangeMedia {
  readonly id: string;
  readonly agency: AgencyRef;
  readonly sha256: string;
  readonly sha1: string;
  readonly md5: string;
  readonly sizeBytes: number;
  readonly mime: string;
  readonly kind: string;
  readonly width: number | null;
  readonly height: number | null;
  /** Not to be opened: nothing of its content is here. */
  readonly closed: boolean;
  /** 32 bytes in hex. */
  readonly pdq: string | null;
  readonly files: readonly ExchangeFile[];
  readonly verdicts: readonly ExchangeVerdict[];
  readonly votes: readonly ExchangeVote[];
  readonly lists: readonly ExchangeListHit[];
  readonly series: readonly ExchangeSeries[];
  /** Name and value, as the file says it of itself. */
  readonly metadata: readonly (readonly [name: string, value: string])[];
}

export interface ExchangeCase {
  readonly id: string;
  readonly reference: string;
  readonly title: string;
  readonly agency: AgencyRef;
  readonly handling: string;
}

// What an ingest works on: one exhibit of one case of one agency, resolved and checked by the service.
import type { KeyRing, KnownLists, ObjectNamer, Store, Vault } from '../../../store/index.js';

export interface IngestTarget {
  readonly agencyId: string;
  readonly caseId: string;
  readonly exhibitId: string;
  readonly inPlace: boolean;
}

/** What a batch needs to be stored. The rows are written as `worker`: people may not write occurrences. */
export interface IngestStore {
  readonly db: Store<'worker'>['worker'];
  readonly keys: KeyRing;
  readonly vault: Vault;
  readonly lists: KnownLists;
  readonly nameObject: ObjectNamer;
  /** Pictures larger than this are kept and compared by their digests only. */
  readonly maxDecodeBytes: number;
}

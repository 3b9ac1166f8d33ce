// What a record of destruction says of itself, and whether it stands for the row or file that it is found with.
import { signedDestruction } from '@redthread/core/audit';
import { isSignedBy, sha256 } from '../../../store/index.js';

/** Where a record is found: in its table, or in the folder that outlasts the store. */
export interface FoundRecord {
  readonly id: string;
  readonly agencyId: string;
  readonly number: number;
  readonly caseId: string;
  readonly exhibitId: string | null;
  readonly record: string;
  readonly digest: Buffer;
  readonly signature: Buffer;
  readonly publicKey: Buffer;
}

/** What is read of the text again. */
export interface RecordText {
  readonly id: string;
  readonly number: number;
  /** Id of the key that signed it. */
  readonly key: string;
  readonly agency: { readonly id: string };
  readonly case: { readonly id: string; readonly reference: string };
  readonly exhibit: { readonly id: string; readonly reference: string } | null;
  readonly request: {
    readonly number: string;
    readonly reason: string;
    readonly askedBy: string;
    readonly confirmedBy: string;
  };
  readonly destroyed: { readonly files: number };
}

const parsed = (record: string): RecordText | null => {
  try {
    return JSON.parse(record) as RecordText | null;
  } catch {
    return null;
  }
};

/** Null, or what is wrong with it. `keys`: public keys that are trusted, by their ids. */
export const faultOfRecord = (found: FoundRecord, keys: ReadonlyMap<string, Buffer>): string | null => {
  if (!found.digest.equals(sha256(found.record))) return 'its text has another SHA-256';
  const said = parsed(found.record);
  const key = keys.get(said?.key ?? '');
  if (key === undefined || !isSignedBy(key, signedDestruction(found.record), found.signature))
    return 'it is not signed by a key of this store';
  const isOfPlace =
    key.equals(found.publicKey) &&
    said?.id === found.id &&
    said.number === found.number &&
    said.agency.id === found.agencyId &&
    said.case.id === found.caseId &&
    (said.exhibit?.id ?? null) === found.exhibitId;
  return isOfPlace ? null : 'it stands for another destruction';
};

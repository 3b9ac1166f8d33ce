// What a file says of its way, as signals of `redthread signals`: leads for a person, compared by nothing.
import type { SignalLine } from '@redthread/core/contract';
import type { FileTraces } from '@redthread/core/traces';
import { tracesOf, withNames, type Trace } from '../../media/index.js';

export type TraceLine = ReturnType<typeof SignalLine.parse>;

const line = ({ method, version, value }: Trace): TraceLine => ({
  method,
  version,
  quality: null,
  value: { ...value },
  bytes: JSON.stringify(value).length,
});

/** One line for each trace that there is; `read`: what its bytes say, null where they were not held. */
export const traceLines = (
  file: string,
  read: FileTraces | null,
  size: { readonly width: number | null; readonly height: number | null },
): TraceLine[] => withNames(tracesOf(read, size), [file]).map(line);

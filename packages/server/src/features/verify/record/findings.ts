// What verifying the record comes to: what is wrong, each with where and a code of the catalogue, and what could not be looked at.
import { INSTANCE_LOG } from '@redthread/core/audit';
import type { ErrorCode } from '@redthread/core/errors';

export interface Fault {
  readonly object: string;
  readonly code: ErrorCode;
  readonly detail: string;
}

/** Beyond so many of one kind at one place the rest is counted: one row that is gone moves all that come after it. */
const REPORTED = 1_000;

export class Findings {
  readonly faults: Fault[] = [];
  /** What was found beyond what is listed. */
  unlisted = 0;
  readonly #names: ReadonlyMap<string, string>;

  constructor(agencies: ReadonlyMap<string, string>) {
    this.#names = agencies;
  }

  /** What people call a log. */
  nameOf(log: string): string {
    if (log === INSTANCE_LOG) return "the instance's own log";
    const name = this.#names.get(log);
    return name === undefined ? `the log of agency ${log}` : `the log of ${name}`;
  }

  add(code: ErrorCode, object: string, detail: string): void {
    if (this.faults.length < REPORTED) this.faults.push({ object, code, detail });
    else this.unlisted += 1;
  }

  event(code: ErrorCode, log: string, number: number | string, detail: string): void {
    this.add(code, `event ${number} of ${this.nameOf(log)}`, detail);
  }
}

// The form of an entry of the catalogue.

/** One entry: the HTTP status at the edge, a short title, and the next step for the person who reads it. */
export interface ErrorEntry {
  readonly status: number;
  readonly title: string;
  readonly next: string;
}

export const entry = (status: number, title: string, next: string): ErrorEntry => ({ status, title, next });

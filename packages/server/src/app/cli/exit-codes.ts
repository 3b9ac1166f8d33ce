// The documented exit codes of the command line.
export const EXIT = {
  /** It ran, whatever it found. */
  ok: 0,
  /** The program failed: the code of the catalogue is on stderr. */
  failed: 1,
  /** Bad arguments. */
  usage: 2,
  /** It ran, but some files could not be read: each is named on stderr. */
  someUnread: 3,
  /** Refused: not found, not shared, or not allowed. */
  refused: 4,
} as const;

// Who acts, why, and in which request: the first argument of every service function. Nothing is actor-less.

export interface Actor {
  readonly userId: string;
  readonly agencyId: string;
  readonly login: string;
  readonly roles: readonly string[];
  /** Runs the instance: founds agencies. No role of an agency, and no right on what agencies hold. */
  readonly isOperator?: boolean;
}

export interface Context {
  readonly actor: Actor;
  /** Why the person is looking, as they wrote it; null where a purpose is not asked for. */
  readonly purpose: string | null;
  /** Ties log lines, audit events and the answer together. */
  readonly requestId: string;
}

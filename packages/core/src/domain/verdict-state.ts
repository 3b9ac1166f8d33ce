// What votes come to. A code is decided when it has as many more votes than all others together as the agency asks for: one, two or
// three that nobody disputes, or more where somebody does. Dissent stays on record and is shown with the verdict.

export interface CodeTally {
  readonly code: string;
  readonly looked: number;
  readonly byStack: number;
  /** Votes of people who looked at nothing: shown, and counted for nothing. */
  readonly notLooked: number;
}

export interface StateOfVotes {
  readonly state: 'decided' | 'waiting' | 'disputed';
  readonly code: string | null;
  /** Undisputed votes that are still missing. */
  readonly missing: number;
  /** Votes that count, for another code than the one that leads. */
  readonly dissent: number;
  readonly cannotSay: number;
}

const CANNOT_SAY = 'cannot-say';

/** `quorum`: 1 to 3. */
export const stateOfVotes = (tallies: readonly CodeTally[], quorum: number): StateOfVotes => {
  const counted = tallies
    .filter(({ code }) => code !== CANNOT_SAY)
    .map(({ code, looked, byStack }) => ({ code, votes: looked + byStack }))
    .filter(({ votes }) => votes > 0)
    .sort((a, b) => b.votes - a.votes);
  const [first, second] = counted;
  const lead = first?.votes ?? 0;
  const others = counted.slice(1).reduce((sum, { votes }) => sum + votes, 0);
  const missing = Math.max(0, quorum - (lead - others));
  const isTied = first === undefined || first.votes === second?.votes;
  const abstained = tallies.find(({ code }) => code === CANNOT_SAY);
  return {
    state: missing === 0 ? 'decided' : counted.length > 1 ? 'disputed' : 'waiting',
    code: isTied ? null : first.code,
    missing,
    dissent: isTied ? lead + others : others,
    cannotSay: abstained === undefined ? 0 : abstained.looked + abstained.byStack + abstained.notLooked,
  };
};

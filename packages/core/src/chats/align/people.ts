// Whom one phone calls what the other calls them: from messages that are the same. A number that somebody changed makes two names of one person, so that either side may
// have several for one of the other.

/** Author of a, author of b, and how many messages say so. */
export interface Alias {
  readonly a: string;
  readonly b: string;
  readonly messages: number;
}

/** One message in so many may be told wrongly: a name that it alone says is no alias. */
const LEAST_SHARE = 0.1;

export class Aliases {
  private readonly ofA = new Map<string, Map<string, number>>();
  private readonly ofB = new Map<string, Map<string, number>>();
  private total = 0;

  add(a: string, b: string): void {
    this.total += 1;
    count(this.ofA, a, b);
    count(this.ofB, b, a);
  }

  /** True: they are known to be one. False: either is known to be somebody else. Null: nothing is known of them. */
  same(a: string, b: string): boolean | null {
    const [toA, toB] = [this.ofA.get(a), this.ofB.get(b)];
    const together = toA?.get(b) ?? 0;
    if (together > 0) return together >= LEAST_SHARE * Math.min(sum(toA), sum(toB));
    return toA === undefined && toB === undefined ? null : toA === undefined || toB === undefined ? null : false;
  }

  /** How well each side's names tell the other's, 0..1: low where the messages of many were sent on by one. */
  agreement(): number {
    return this.total === 0 ? 1 : Math.min(told(this.ofA), told(this.ofB)) / this.total;
  }

  list(): Alias[] {
    const aliases: Alias[] = [];
    for (const [a, others] of this.ofA)
      for (const [b, messages] of others) if (this.same(a, b) === true) aliases.push({ a, b, messages });
    return aliases.sort((x, y) => y.messages - x.messages || (x.a < y.a ? -1 : 1));
  }
}

const count = (of: Map<string, Map<string, number>>, from: string, to: string): void => {
  const others = of.get(from) ?? new Map<string, number>();
  others.set(to, (others.get(to) ?? 0) + 1);
  of.set(from, others);
};
const sum = (others: Map<string, number> | undefined): number =>
  others === undefined ? 0 : [...others.values()].reduce((all, messages) => all + messages, 0);
const told = (of: Map<string, Map<string, number>>): number => {
  let messages = 0;
  for (const others of of.values()) messages += Math.max(...others.values());
  return messages;
};

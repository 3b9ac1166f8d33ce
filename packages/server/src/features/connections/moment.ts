// Which of two transactions began first, by what the database says of its moment (a snapshot, `xmin:xmax:those that ran`).

const endOf = (moment: string): bigint => BigInt(moment.split(':')[1] ?? '');
const runningIn = (moment: string): number =>
  (moment.split(':')[2] ?? '').split(',').filter((xid) => xid !== '').length;

/**
 * Whether `one` came before `other`. Snapshots of a database follow one another: what had ended stays ended, so the later one knows
 * transactions with greater numbers, or sees fewer of the same run.
 */
export const isBefore = (one: string, other: string): boolean => {
  const [endOfOne, endOfOther] = [endOf(one), endOf(other)];
  return endOfOne < endOfOther || (endOfOne === endOfOther && runningIn(one) > runningIn(other));
};

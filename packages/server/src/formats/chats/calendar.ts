/** Whether a wall clock (`2025-03-14T16:05`, or with seconds) is one that a calendar has: `Date` itself takes the 31st of February for the 3rd of March. */
export const isInCalendar = (local: string): boolean => {
  const ms = Date.parse(`${local}Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(local);
};

// What pages say of a child at risk now, in English.
export const atRisk = {
  title: 'Child at risk now',
  until: (time: string) => `until ${time}`,
  by: (who: string, agency: string) => `marked by ${who}, ${agency}`,
  mark: 'Child at risk now',
  means:
    'Its files come first in decoding, comparing and review, coordinators who see it are told, and other agencies that hold the same are told at once whom to ask. It runs out by itself.',
  why: 'Why: whoever sees this reads it',
  hours: 'For how many hours',
  again: 'Mark anew',
  /** Of a contact. */
  urgent: 'urgent: a child is at risk',
};

// Text of the funnel.

export const funnel = {
  title: 'Funnel',
  asOf: (time: string) => `as of ${time}`,
  steps: {
    seized: 'seized',
    unreadable: 'unreadable',
    duplicate: 'duplicates',
    unique: 'unique',
    known: 'known',
    'same-content': 'same content',
    'not-compared': 'not compared',
    new: 'new',
    partial: 'new, in part known',
    reviewed: 'reviewed',
    contributed: 'contributed',
    identified: 'identified',
  },
};

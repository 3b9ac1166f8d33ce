// Text of care: how people are shown things, breaks, what they have been exposed to.
import { count } from './format.js';
import { plural } from './plural.js';

export const care = {
  title: 'Care',
  intro:
    'Nothing is shown before you ask for it: what is sent until then is grey, blurred and small, whatever stands here. Below is how much further it goes.',
  settings: 'How you are shown things',
  tilePx: 'Tiles at most, px high',
  reveal: 'A clear picture',
  reveals: { hold: 'ends when the key does', 'hold-or-keep': 'may be kept open until the view is left' },
  knownBad: 'In the review, what is on a list of known bad files',
  knownBads: { withheld: 'is not shown again unless you ask for that one', veiled: 'is shown veiled, like all others' },
  breakMinutes: 'Suggest a break after, minutes',
  breakReveals: 'Suggest a break after, pictures',
  least: (what: string) => `your agency: ${what}`,
  px: (n: number) => `${count(n)} px`,
  minutes: (n: number) => `${count(n)} min`,
  pictures: (n: number) => plural(n, 'picture', 'pictures'),
  save: 'Keep',
  saved: 'Kept.',
  ledger: 'What you have looked at',
  ledgerNote: 'Of the last 90 days, from the record of your reveals. It is shown to you alone; days are those of UTC.',
  nothingYet: 'You have revealed no picture.',
  day: 'Day',
  revealsHead: 'Reveals',
  media: 'Different pictures',
  bad: 'Known bad',
  time: 'Time',
  floor: 'The floor of your agency',
  noFloor: 'None is set. What you set here holds for everybody: they may choose what is stricter, never what is laxer.',
  floorBy: (login: string) => `Set by ${login}. Everybody may choose what is stricter, never what is laxer.`,
  saveFloor: 'Set the floor',
  agency: 'Your agency, week by week',
  agencyNote:
    'Averages of weeks that have ended and in which at least five people looked at something. Of one person nothing is shown here.',
  tooFew: 'No week in which at least five people looked: nothing is told of fewer.',
  week: 'Week of',
  people: 'People',
  revealsEach: 'Reveals each',
  minutesEach: 'Minutes each',
  breakLine: (reveals: number, minutes: number) =>
    `${plural(reveals, 'picture', 'pictures')} in ${count(minutes)} min without a pause: a few minutes away would do you good.`,
  why: 'Settings',
  later: 'Later',
  end: 'End of the session',
  today: (media: number, minutes: number) =>
    `Today you looked at ${plural(media, 'picture', 'pictures')}, for ${count(minutes)} min.`,
  nothingToday: 'Today you revealed no picture.',
  unsent: (n: number) =>
    `${plural(n, 'decision waits', 'decisions wait')} to be sent. They are kept in this browser, and sent when you sign in here again.`,
  advice:
    'Before you go on to something else, take a few minutes: stand up, look out of a window, speak with somebody about something else. If a picture stays with you, say so to a colleague or to whoever is there for that in your agency.',
  withheld: 'known bad',
  withheldLong: 'On a list of known bad files: not shown again. Press R to ask for it.',
};

// Codes about schemes of categories, verdicts, connections and contacts.
import { entry, type ErrorEntry } from './entry.js';

export const JUDGEMENT_ERRORS = {
  SCHEME_UNKNOWN: entry(
    404,
    'There is no such scheme',
    'See redthread scheme list; a scheme is named with its version.',
  ),
  SCHEME_RETIRED: entry(
    409,
    'This version of the scheme is retired',
    'Vote in the version that took its place; what was voted stays as it is.',
  ),
  SCHEME_INVALID: entry(422, 'The file of schemes cannot be read', 'See the place that is named, and docs/schemes.md.'),
  CODE_BARE: entry(
    422,
    'A code without its scheme and version',
    'Write scheme@version:code, such as vic-default@2.0:0: the same number means something else in every scheme.',
  ),
  CODE_UNKNOWN: entry(422, 'The scheme has no such code', 'See redthread scheme show SCHEME@VERSION.'),
  MAP_UNKNOWN: entry(
    404,
    'There is no map between these schemes',
    'Judge in the other scheme, or let an operator load a map: nothing is converted without one.',
  ),
  COMPETENCE_REQUIRED: entry(
    403,
    'Before a vote comes a test on drawn pictures',
    'Take it: redthread verdict test SCHEME@VERSION --out FOLDER, or the page Verdicts.',
  ),
  TEST_ANSWERED: entry(409, 'The test is answered already', 'Begin another; each is kept with its result.'),
  VOTE_RETRACTED: entry(409, 'The vote is taken back already', 'Nothing to do; vote again where you judge otherwise.'),
  CLAIMED: entry(
    409,
    'A colleague is at this one',
    'Go on with the next. The claim ends by itself at the time that is named, or when they have decided.',
  ),
  DECISION_TAKEN: entry(
    409,
    'The id of this decision stands for another vote',
    'Nothing was cast. Give each act of voting an id of its own; the same id only sends the same act again.',
  ),
  REVIEWS_TOO_MANY: entry(
    409,
    'You keep as many reviews as a person may',
    'Let one go: the page Review lists them, or PUT /reviews/ID with the name null.',
  ),
  REVIEW_NAME_TAKEN: entry(
    409,
    'You keep another review under this name',
    'Choose another name, or let the earlier one go.',
  ),
  KEY_TAKEN: entry(
    409,
    'The key does something else on the same page',
    'Choose another key, or give what has it another one in the same step.',
  ),
  ASSERTION_IMPOSSIBLE: entry(
    422,
    'These two cannot be related in this way',
    'See which kinds each type relates in docs/series-and-entities.md; nothing relates to itself.',
  ),
  ASSERTION_RETRACTED: entry(409, 'It is taken back already', 'Nothing to do; say it again where it holds after all.'),
  SERIES_NOT_IDENTIFIED: entry(
    409,
    'The series does not stand as identified',
    'Identify it first: redthread series status SERIES identified. Then release that.',
  ),
  ASK_NOBODY: entry(
    422,
    'Nobody would be asked',
    'Name countries of members of the operation, by their two letters, or none of them for all.',
  ),
  ASK_NOT_LOOKED: entry(
    409,
    'Whoever confirms has to have looked at the crop',
    'Look at it first: redthread ask crop NUMBER --out FILE, or on the page of the operation.',
  ),
  TASK_DOER_INVALID: entry(
    422,
    'The task cannot be given to these',
    'Name an agency of the operation by its exact name, or a colleague of yours who sees what it is about by login.',
  ),
  EXTERNAL_ID_INVALID: entry(
    422,
    'The external number cannot be kept as it is',
    'Name its issuer, or correct the number: nothing is guessed.',
  ),
  CONNECTIONS_BEING_READ: entry(
    503,
    'What connects is being read',
    'Ask again in a moment: it goes on meanwhile, and is kept once it is read.',
  ),
  CONNECTIONS_TOO_MANY: entry(
    507,
    'What you see is more than the memory for connections holds',
    'Raise REDTHREAD_CONNECTIONS_MEMORY_MB, or put what everybody has on a known-good list. Nothing is told rather than a part of it.',
  ),
  CONNECTIONS_UNAVAILABLE: entry(
    503,
    'The process that keeps what connects is not there',
    'Try again in a moment; it is started again, and reads again what it kept.',
  ),
  CONTACT_ANSWERED: entry(
    409,
    'The contact does not go back',
    'A contact is acknowledged, contacted, then closed; what is closed stays so. See redthread contact show.',
  ),
} as const satisfies Record<string, ErrorEntry>;

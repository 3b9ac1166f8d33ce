// Every word of a report that the program chooses, in English: the one place where another language begins.
import { thousands } from '../../../app/cli/table.js';

export const TEXT = {
  lang: 'en',
  page: (number: number, of: number | null): string => (of === null ? `Page ${number}` : `Page ${number} of ${of}`),
  end: (rows: number): string => `End of the report. Its tables have ${thousands(rows)} rows in all.`,
  endPages: (rows: number, pages: number): string =>
    `End of the report: ${thousands(pages)} pages. Its tables have ${thousands(rows)} rows in all.`,
  continued: 'continued',
  contents: 'Contents',
  handling: 'Handling',
  state: 'State of the record',
  record: ({ at, size }: { readonly at: string; readonly size: number }): string =>
    `event ${thousands(size)} of the agency's log, ${instant(at)}`,
  root: 'Root of the record',
  log: 'Log',
  rows: (count: number): string => (count === 1 ? '1 row' : `${thousands(count)} rows`),
  overlay: 'Lines join places that show the same, as the named method measured them. No picture is shown.',
  region: 'The part in common',
  titles: {
    case: 'Report on a case',
    exhibit: 'Schedule of an exhibit',
    series: 'Report on a series',
    comparison: 'Comparison of two media',
  },
  /** Beside what is not there: an empty cell would say nothing. */
  none: '-',
  opinion: 'an opinion',
  notLooked: 'voted without looking',
  noZone: 'no zone',
  yes: 'yes',
  no: 'no',
  facts: {
    agency: 'Agency that holds it',
    madeBy: 'Agency that made the report',
    program: 'Program',
    case: 'Case',
    exhibit: 'Exhibit',
    operation: 'Operation',
    opened: 'Opened',
    hold: 'Legal hold',
    kind: 'Kind',
    source: 'Source',
    container: 'SHA-256 of the container',
    diskImage: 'Disk image',
    containerNone: 'none: it was read as single files, each with its own digests below',
    size: 'Size',
    files: 'Files',
    state: 'State',
    registered: 'Registered',
    readToEnd: 'First read to its end',
    complete: 'Complete since',
    lastRead: 'Last read to its end',
    notViewed: 'Files that the provider had not viewed',
    sha256: 'SHA-256',
    sha1: 'SHA-1',
    md5: 'MD5',
    type: 'Real type',
    pixels: 'Width and height',
    decoder: 'Read by',
    stack: 'Media in its stack',
    firstSeen: 'First registered',
    result: 'Result',
    measured: 'Measured',
    stored: 'Found by the matcher',
    storedNo: 'no: measured for this report',
  },
  reading: {
    title: 'How to read this report',
    words: [
      'It tells what the person who made it may see, as it stood at the event of the record that is named above. Made again at the same event by the same person it has the same bytes. The file manifest.json beside it is signed, and can be checked without the program.',
      'A media is one content, by its SHA-256, whatever number of files have it; its number counts within this report. A file is one path of one exhibit.',
      'What a person says and what a list says stand in separate columns. "Looked" means that this person revealed that media before voting, which the record shows; "by stack", that they looked at another picture of its stack. A hit on a list says that somebody else has named these bytes: no examiner of this case has looked because of it.',
      'Times of a source are given as they were written. Where no zone was written none is added. All other times are UTC.',
    ],
  },
  exhibits: {
    title: 'Exhibits',
    words:
      'In the order in which they were registered. The container is what was seized as one file; a folder has none.',
    table: 'Exhibits',
    empty: 'The case has no exhibit that the person who made the report may see.',
    unfinished: (names: string): string =>
      `Not complete when the report was made: ${names}. What is said of them may change.`,
  },
  custody: {
    title: 'Custody',
    words:
      'Who moved, withdrew, handed over or held what, with the second person and the reason. Kept by the agency that holds the case; another agency sees none of it.',
    table: 'Custody, oldest first',
    empty: 'Nothing has changed hands since it was registered, as far as the person who made the report may see.',
  },
  funnel: {
    title: 'From what was seized to what is new',
    words:
      'seized = unreadable + duplicate + unique; unique = known + same content + not compared + new. Every number is a query: whoever may see the same gets the same list by it. Reviewed lies across the other steps.',
    table: 'Steps',
  },
  judged: {
    title: 'What people and lists say',
    words:
      'Media on which somebody has voted or that a list names. Three columns are kept apart: people who looked at this media, people who decided on its stack, and lists.',
    table: 'Media with votes or on lists',
    empty: 'Nobody has voted on any of these media, and no list that counts names one.',
    votes: 'Every vote',
    votesWords: 'With those that were taken back. Dissent stays; a second look is missing where "missing" is said.',
    votesEmpty: 'Nobody has voted.',
  },
  lists: {
    title: 'Lists that were asked',
    words:
      'Each list that the person who made the report may see. Zero is a result: the list was asked and names none of the media. An expired list was not asked.',
    table: 'Lists',
    empty: 'There is no list that the person who made the report may see.',
    expired: 'expired',
    counts: 'asked',
    damaged: (code: string, since: string): string => `damaged (${code}): not asked for what came in since ${since}`,
  },
  links: {
    title: 'Connections',
    words:
      'What connects this case with other exhibits, one row a reason, strongest connection first. Each reason names the measured value, its threshold, the method and its version, and how often the method was wrong when it was tested. Strength is bits less log2 of the comparisons made; leads are weaker than chance might bring, and listed apart.',
    table: 'Connections',
    empty: 'Nothing connects it, as far as the person who made the report may see.',
    leads: 'Leads',
    leadsEmpty: 'There is no lead.',
    bytes: 'The same bytes.',
  },
  series: {
    title: 'Series',
    words: 'Series that media of this case are said to belong to.',
    table: 'Series',
    empty: 'No media of this case is said to belong to a series.',
  },
  ofSeries: {
    begun: 'Begun',
    note: 'Note',
    noCase: 'none: it is of its agency alone',
    members: 'Media in it',
    takenBack: 'Taken back',
    retracted: (one: { readonly at: string; readonly by: string; readonly reason: string } | null): string =>
      one === null ? TEXT.none : `${instant(one.at)}, ${one.by}: ${one.reason}`,
    gone: 'withdrawn or destroyed since',
    unnamed: 'without a name',
    records: 'What is one series',
    recordsWords:
      'Records that those who hold them say are one. Nothing was rewritten when they were joined: each keeps its numbers and its states.',
    numbers: 'Numbers that others gave it',
    numbersEmpty: 'It has no number.',
    steps: 'States, newest first',
    stepsEmpty: 'It has been open since it was begun.',
    membersTitle: 'Media of the series',
    membersWords:
      'Each media that somebody says belongs to it, every file of it that the person who made the report may see, and every statement that it belongs, also those that were taken back. A method may have suggested it; a person said it.',
    membersEmpty: 'Nothing belongs to it.',
    files: 'Where they lie',
    belongs: 'Who says that they belong',
    said: 'What it relates to',
    saidWords:
      'Who said what, why and on what evidence, newest first, with what was taken back. What an agency says of what another holds is an opinion until that one says the same.',
    relations: 'Relations',
    relationsEmpty: 'Nobody has said that it relates to anything.',
    contradictions: 'What cannot all be true',
    contradictionsEmpty: 'Nothing of it contradicts.',
    rules: {
      'two-persons': 'two different persons for one',
      'two-places-at-once': 'one person at two places at once',
      'same-and-different': 'said to be one and not to be one',
    },
    statements: 'Clues, claims and votes for a country',
    statementsWords:
      'Clues to where it was made, which agencies work on it, and where people think that it was made. A person counts once for a country; nothing of it is worked out by a program.',
    statementsEmpty: 'Nobody has stated anything.',
    countries: 'Votes in force by country',
    countriesEmpty: 'Nobody has voted for a country.',
    linksWords:
      'What connects this series with other series and with cases, one row a reason, strongest connection first. Each reason names the measured value, its threshold, the method and its version, and how often the method was wrong when it was tested. Strength is bits less log2 of the comparisons made; leads are weaker than chance might bring, and listed apart.',
  },
  unread: {
    title: 'What could not be read',
    words:
      'Files that could not be read, and media that could not be decoded or compared, each with the code and the cause. They are counted above and left out nowhere.',
    table: 'Not read, not decoded, not compared',
    empty: 'Everything could be read.',
  },
  methods: {
    title: 'Methods and versions',
    words:
      'What this installation compares with. A result names the version that measured it, which may be an earlier one.',
    table: 'Methods',
    atLeast: 'at least',
    atMost: 'at most',
  },
  selfTest: {
    title: 'Self-test of this installation',
    none: 'No self-test has been kept by the agency that made the report. Keep one with: redthread selftest --store',
    hidden: 'The person who made the report may not read self-tests.',
    recall: 'Copies found, by edit',
    errors: 'Different pictures taken for the same',
    together: 'together',
    kept: (id: string, at: string, login: string): string => `Kept as ${id} on ${at} by ${login}.`,
  },
  schedule: {
    title: 'Schedule of files',
    deletions: { deleted: 'deleted file', orphan: 'deleted file that no folder names' },
    words:
      'Every file at every path of the exhibit, by the bytes of its path. The stack names the media with which it is the same picture.',
    table: 'Files',
    empty: 'The exhibit has no file.',
  },
  comparison: {
    media: 'The two media',
    result: 'What was found',
    grades: {
      identical: 'The same bytes.',
      'same content': 'The same picture: re-encoded, resized, turned or lightly edited.',
      partial: 'One shows a part of the other.',
      'same scene': 'The same place or object in another picture.',
      'same source': 'The same camera, device or account.',
      none: 'Nothing that was measured says that they show the same.',
    },
    words:
      'Every method that was asked. One that fell short of its threshold, or that says no more than what supports the result, stands beside it and says "none". No probability is given: each method was tested, and how often it was wrong is said beside it.',
    reasons: 'What supports the result',
    reasonsEmpty: 'Nothing does.',
    tried: 'What was measured beside it',
    triedEmpty: 'Nothing else was measured.',
    notes: 'Notes of the methods',
    device: 'Both name the device',
    places: 'Where it lies',
    placesWords: (count: number): string =>
      count === 0
        ? 'No method names single places in both pictures.'
        : `${thousands(count)} places that show the same were found in both; the table names each, in percent of the sides from the upper left corner.`,
    placesTable: 'Places in common',
    found: 'Where the files lie',
    foundTable: 'Files with these bytes',
    foundEmpty: 'None that the person who made the report may see.',
    differences: 'How they differ',
    differencesTable: 'Facts and metadata that differ',
    differencesEmpty: 'In none of what was read.',
    pictures: 'Veiled pictures',
    picturesWords:
      'Grey and blurred in their pixels, about 64 points of information: enough to tell which picture is meant, not what it shows. Clear pictures are in no report.',
    picturesNone: (name: string): string => `${name}: there is no veiled picture.`,
    repeat: 'How to repeat it',
    repeatWords: (program: string): string[] => [
      `1. Take the two files from the exhibits, and check that their SHA-256 are those above.`,
      `2. On any computer with Node.js 20.19 or newer and Redthread ${program}, without its database and without a network: redthread compare A B --all`,
      `3. It reads both files anew, and prints every method with its measured value and threshold. With --json it prints them for programs. The values are those above where the methods and the reader have the versions that are named.`,
      '4. Check this report: node tools/verify-report.mjs FOLDER --key ID, with the id of the first signing key as the agency published it.',
    ],
  },
} as const;

/** `2026-11-30T06:08:28.123456Z` as `2026-11-30 06:08:28 UTC`. */
export const instant = (at: string | null): string =>
  at === null ? TEXT.none : `${at.slice(0, 19).replace('T', ' ')} UTC`;

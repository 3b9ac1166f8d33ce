// Whether a text begins as WhatsApp's do. Its name says so too; without it more is asked, since many logs begin with a date and a time.
import { withoutMarks } from '../people.js';
import { headOf, styleOf } from './head.js';
import { Names } from './names.js';
import { NoticeReader } from './notice.js';

const LINES_TO_HEAD = 20;
const LEVELS =
  /^(?:trace|debug|info|information|notice|warn|warning|error|err|fatal|critical|verbose|audit|stdout|stderr)\b/i;

export const looksLikeWhatsApp = (text: string, isNamed: boolean): boolean => {
  if (text.includes('\0')) return false;
  const lines = text.split(/\r?\n/);
  const start = lines.slice(0, LINES_TO_HEAD).findIndex((line) => line.trim() !== '' && styleOf(line) !== null);
  if (start < 0) return false;
  if (isNamed) return true;
  // By its content alone: it begins with an entry, and its entries have authors or are notices.
  if (lines.slice(0, start).some((line) => line.trim() !== '')) return false;
  const style = styleOf(lines[start]!)!;
  const heads = lines.slice(start, start + 200).flatMap((line) => headOf(line, style) ?? []);
  const [first] = heads;
  if (first === undefined) return false;
  const notices = new NoticeReader(() => false, new Names());
  if (notices.byWords(withoutMarks(first.rest).trim()) !== null || first.rest.includes('\u200e')) return true;
  const authors = heads.flatMap(({ rest }) => /^([^:\n]{1,60}): /.exec(rest)?.[1] ?? []);
  const words = authors.filter((author) => LEVELS.test(author.trim()));
  return (
    heads.length >= 2 &&
    words.length === 0 &&
    authors.length >= heads.length * 0.6 &&
    new Set(authors).size <= Math.max(2, authors.length * 0.8)
  );
};

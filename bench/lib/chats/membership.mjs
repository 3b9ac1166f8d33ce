// Whether who was in a group at each message is told rightly, for everybody whom an export names.
import { EXPORTER, membershipOf, wasIn } from '../../../packages/core/dist/chats/index.js';
import { everyLocale, plain, readAll } from './sets.mjs';

export const prepare = async ({ seed, say }) => {
  const drawn = everyLocale(seed);
  say(`reading ${drawn.exports.length} exports`);
  return { drawn, reads: await readAll(drawn) };
};

const of = ({ people, messages }) => {
  const memberships = membershipOf(
    people.map(({ participant, name, phone, isExporter }) => ({ number: participant, name, phone, isExporter })),
    messages.map(({ position, time, author, event }) => ({
      position,
      local: time.local,
      author: author === null ? null : people[author].name,
      event,
    })),
  );
  return new Map(memberships.map((member) => [plain(member.name), member]));
};

/** Under which name, at a time, an export shows a person: the number before or after it was changed, or one for all time. */
const shownAt = (names, movedMs, atMs) => (names.length === 1 || atMs < movedMs ? names[0] : names[1]);

export const rows = [
  {
    name: 'membership',
    unit: 'share',
    better: 'higher',
    bar: 1,
    runs: 1,
    run: ({ say }, { membership: { drawn, reads } }) => {
      let [right, all, exports] = [0, 0, 0];
      for (const { id, group: groupId, told } of drawn.exports) {
        // Where a stretch is missing, the lines in it are: no one export can tell.
        if (told.teller.lost !== null) continue;
        exports += 1;
        const group = drawn.groups.find((one) => one.id === groupId);
        const members = of(reads.get(id));
        const entries = new Map(group.entries.map((entry) => [entry.id, entry]));
        const movedMs = group.entries.find(({ happened }) => happened?.type === 'number-changed').atMs;
        const wrong = new Set();
        for (const { person, fromMs, toMs } of group.stays) {
          const names = told.names.get(person);
          if (names === undefined) continue;
          for (const { position, of: entryId } of told.entries) {
            if (entryId === null) continue;
            const { atMs, happened } = entries.get(entryId);
            // At the line itself both names hold.
            if (names.length > 1 && happened?.type === 'number-changed') continue;
            const name = plain(shownAt(names, movedMs, atMs));
            const member = members.get(name) ?? (person === told.teller.person ? members.get(EXPORTER) : undefined);
            const isIn = atMs >= fromMs && (toMs === null || atMs <= toMs);
            all += 1;
            if (member !== undefined && wasIn(member.spans, position) === isIn) right += 1;
            else
              wrong.add(
                `${name} at ${position}: ${member === undefined ? 'not named' : JSON.stringify(member.spans)}, was ${isIn ? '' : 'not '}in`,
              );
          }
        }
        if (wrong.size > 0)
          say(`${told.teller.locale.tag} ${told.teller.platform}: ${wrong.size} wrong; ${[...wrong][0]}`);
      }
      return {
        value: right / all,
        n: all,
        set: `everybody named, at each message of ${exports} drawn exports in 12 languages without a missing stretch`,
      };
    },
  },
];

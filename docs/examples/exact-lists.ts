import { ExactLists, ExactListWriter } from '../../packages/server/src/lists/index.js';

/** Writes one list of two SHA-1 digests into a new folder and asks it. */
export const example = async (folder: string) => {
  const [id, agencyId] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
  const [known, other] = [new Uint8Array(20).fill(1), new Uint8Array(20).fill(2)];

  const writer = ExactListWriter.open(folder);
  await writer.addRun('sha1', [{ id, agencyId, polarity: 'known-good' }], ({ add }) => {
    add(known, 0, 4711); // of list 0 of this addition, with a payload; any order, any number
    add(new Uint8Array(20).fill(9));
  });
  writer.merge('sha1'); // as far as it is worth while
  writer.close();

  const lists = ExactLists.open(folder);
  const view = lists.viewFor({ lists: new Set([id]) });
  const hits: number[] = [];
  view.findMany('sha1', Uint8Array.from([...known, ...other]), (index) => hits.push(index)); // one after the other
  const answer = {
    found: view.find(known), // [{ list: { id, agencyId, polarity }, payload: 4711 }]
    has: view.has(other), // false
    hits, // [0]
    count: view.count('sha1', Uint8Array.from([...known, ...other])), // 1
  };
  lists.close();
  return answer;
};

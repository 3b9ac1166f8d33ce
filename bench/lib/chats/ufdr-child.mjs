// Reads a phone report of so many bytes in a process of its own and says what it took: child.mjs SEED BYTES.
import { readUfdr } from '../../../packages/server/dist/formats/chats/ufdr/index.js';
import { ufdrReport } from './ufdr-report.mjs';

const [seed, bytes] = process.argv.slice(2);
const { counts, open } = ufdrReport(seed, Number(bytes));
const found = { file: 0, message: 0, conversation: 0, linked: 0 };
const began = performance.now();
for await (const item of readUfdr({ open })) {
  if (Object.hasOwn(found, item.item)) found[item.item] += 1;
  if (item.item === 'message' && item.attachments.some(({ sha256 }) => sha256 !== null)) found.linked += 1;
}
const isWhole =
  found.file === counts.files &&
  found.message === counts.messages &&
  found.conversation === counts.chats &&
  found.linked === Math.ceil(counts.messages / 5);
const seconds = (performance.now() - began) / 1000;
process.stdout.write(
  JSON.stringify({ ...counts, isWhole, seconds, peakMb: process.resourceUsage().maxRSS / 1024 }) + '\n',
);

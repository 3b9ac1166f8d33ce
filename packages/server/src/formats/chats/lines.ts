// Lines of a text of any size and encoding, without their ends. What is no text becomes U+FFFD.
import { TextDecoder } from 'node:util';
import { utf8Chunks } from '../lists/text-input.js';
import { chatInvalid, LONGEST_LINE, type ChatSource } from './source.js';

/** Batches of lines, for speed: one for each chunk of the source. Errors: CHAT_INVALID at a line that is too long. */
export async function* lineBatches(source: ChatSource): AsyncGenerator<string[]> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let held = '';
  let line = 0;
  const tooLong = (): Error => chatInvalid(`line ${line + 1}`, `longer than ${LONGEST_LINE} characters`);
  for await (const chunk of utf8Chunks(source.open(), { encoding: '' })) {
    const text = decoder.decode(chunk, { stream: true });
    // What is held has no line end: only the new part is looked through.
    if (!text.includes('\n')) {
      held += text;
      if (held.length > LONGEST_LINE) throw tooLong();
      continue;
    }
    const lines = (held + text).split('\n');
    held = lines.pop()!;
    for (let i = 0; i < lines.length; i++) {
      const one = lines[i]!;
      if (one.length > LONGEST_LINE)
        throw chatInvalid(`line ${line + i + 1}`, `longer than ${LONGEST_LINE} characters`);
      if (one.charCodeAt(one.length - 1) === 0x0d) lines[i] = one.slice(0, -1);
    }
    line += lines.length;
    if (held.length > LONGEST_LINE) throw tooLong();
    yield lines;
  }
  held += decoder.decode();
  if (held.length > LONGEST_LINE) throw tooLong();
  if (held !== '') yield [held.endsWith('\r') ? held.slice(0, -1) : held];
}

// Text, by what it does not contain: control characters that no text has, and bytes that no encoding explains.

const SAMPLE_BYTES = 4096;
const FIRST_PRINTABLE = 32;
const MAX_LATIN1_SHARE = 0.3;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** Tab, line feed, form feed, carriage return, escape and the backspace of terminals stand in texts; other controls do not. */
const isTextControl = (byte: number): boolean =>
  byte === 9 || byte === 10 || byte === 12 || byte === 13 || byte === 27 || byte === 8;

const isUtf8 = (sample: Uint8Array): boolean => {
  try {
    strictUtf8.decode(sample, { stream: true }); // the sample may cut a character in two
    return true;
  } catch {
    return false;
  } finally {
    try {
      strictUtf8.decode();
    } catch {
      // the half character at the end
    }
  }
};

/** `text/plain`, `text/html`, `image/svg+xml`, `application/xml`, a mail or a mailbox, or null where the head is no text. */
export const byText = (head: Uint8Array): string | null => {
  const sample = head.subarray(0, SAMPLE_BYTES);
  const isUtf16 = (sample[0] === 0xff && sample[1] === 0xfe) || (sample[0] === 0xfe && sample[1] === 0xff);
  if (isUtf16) return 'text/plain';
  let high = 0;
  for (let i = 0; i < sample.length; i++) {
    const byte = sample[i]!;
    if ((byte < FIRST_PRINTABLE && !isTextControl(byte)) || byte === 127) return null;
    if (byte > 127) high++;
  }
  if (high > 0 && !isUtf8(sample) && high > sample.length * MAX_LATIN1_SHARE) return null;
  return markup(sample);
};

const MARKUP_BYTES = 1024;

const markup = (sample: Uint8Array): string => {
  const start = Buffer.from(sample.buffer, sample.byteOffset, Math.min(MARKUP_BYTES, sample.length));
  const text = start.toString('latin1').replace(/^(\xef\xbb\xbf)?\s*/, '');
  if (!text.startsWith('<')) return mail(sample) ?? 'text/plain';
  if (/^(<\?xml[^>]*>|<!--[\s\S]*?-->|<!DOCTYPE svg[^>]*>|\s)*<svg[\s>]/i.test(text)) return 'image/svg+xml';
  if (/^(<!DOCTYPE html|<html|<head|<body)/i.test(text)) return 'text/html';
  return text.startsWith('<?xml') ? 'application/xml' : 'text/plain';
};

const MAIL_FIELDS =
  /^(?:from|to|subject|date|received|message-id|mime-version|return-path|delivered-to|content-type):/i;

/** A head of fields, two of them such as every mail has; or a mailbox, which begins with a line of its own. */
const mail = (sample: Uint8Array): string | null => {
  const text = Buffer.from(sample.buffer, sample.byteOffset, sample.length).toString('latin1');
  const [first = '', ...lines] = text.split(/\r?\n/);
  if (/^From \S+ .*\d\d:\d\d/.test(first)) return isMailHead(lines) ? 'application/mbox' : null;
  return isMailHead([first, ...lines]) ? 'message/rfc822' : null;
};

const isMailHead = (lines: readonly string[]): boolean => {
  const end = lines.indexOf('');
  // The last line of a sample may be cut off.
  const head = end < 0 ? lines.slice(0, -1) : lines.slice(0, end);
  if (!head.every((line) => /^[!-9;-~]{1,80}:|^[ \t]/.test(line))) return false;
  return (
    new Set(head.filter((line) => MAIL_FIELDS.test(line)).map((line) => line.slice(0, line.indexOf(':')).toLowerCase()))
      .size >= 2
  );
};

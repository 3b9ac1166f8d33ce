/** As PostgreSQL keeps it: no NUL, and no half of a character. */
export const storable = (text: string): string => Buffer.from(text.replaceAll('\0', ''), 'utf8').toString('utf8');

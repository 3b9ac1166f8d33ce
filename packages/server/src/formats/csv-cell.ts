// A cell of a CSV (RFC 4180): quoted where it has to be, and as it is elsewhere.
export const csvCell = (text: string, separator = ','): string =>
  text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

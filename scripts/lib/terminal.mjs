// Plain words on a terminal: colour only where somebody looks, durations as people say them, columns that line up.
const coloured = process.stdout.isTTY === true && !process.env['NO_COLOR'];
const paint = (code) => (text) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = paint('1');
export const dim = paint('2');
export const green = paint('32');
export const red = paint('31');

/** "840 ms", "12.4 s", "3 min 08 s". */
export const duration = (ms) => {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
};

/** Rows of strings as aligned columns; `right` names the columns (by index) whose text ends flush. */
export const columns = (rows, right = []) => {
  const widths = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  const align = (cell, i) => (right.includes(i) ? cell.padStart(widths[i]) : cell.padEnd(widths[i]));
  return rows.map((row) => row.map(align).join('  ').trimEnd()).join('\n');
};

// A reader that went away (`| head`): there is nobody left to tell anything.
process.stdout.on('error', () => process.exit(1));

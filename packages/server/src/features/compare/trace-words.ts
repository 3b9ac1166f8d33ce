// Traces of a file for a person at a terminal: what was found, and what it rests on.

const text = (value: unknown): string => (Array.isArray(value) ? value.join(' ') : String(value));

/** One line of a trace; of one that is not known here, its JSON. */
export const traceWords = (method: string, value: Readonly<Record<string, unknown>>): string => {
  if (method === 'jpeg-structure') {
    const quality = value['libraryQuality'] === null ? 'tables of its own' : `quality ${text(value['libraryQuality'])}`;
    return `${text(value['class'])}: ${text(value['process'])}, ${text(value['subsampling'])}, ${quality}; ${text(value['layout'])}`;
  }
  if (method === 'file-name') {
    const when = value['when'] === null ? '' : `, ${text(value['date'])} ${text(value['when'])}`;
    return `as ${text(value['writer'])} names files${when}`;
  }
  if (method === 'platform' && Array.isArray(value['traces']))
    return (value['traces'] as { platform: string; by: string; says: string }[])
      .map(({ platform, by, says }) => `${platform}, by its ${by}: ${says}`)
      .join('; ');
  return JSON.stringify(value);
};

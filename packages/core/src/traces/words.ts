// Traces of a file in words: what was found, and what it rests on.

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
  if (method === 'box-tree') {
    const odd = Array.isArray(value['oddities']) && value['oddities'].length > 0 ? `; ${text(value['oddities'])}` : '';
    return `${text(value['class'])}: ${value['brand'] === null ? 'no brand' : text(value['brand'])}${odd}; ${text(value['layout'])}`;
  }
  if (method === 'clock-zone') {
    const stated = value['statedMinutes'] === null ? 'no zone stated' : `${zone(value['statedMinutes'])} stated`;
    const sun = value['fitsPlace'] === false ? '; no zone in use where it says that it was taken' : '';
    return `its clock stood at ${zone(value['offsetMinutes'])} by the time of the satellites, ${stated}${sun}`;
  }
  return JSON.stringify(value);
};

const zone = (minutes: unknown): string => {
  const size = Math.abs(Number(minutes));
  const part = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  return `UTC${Number(minutes) < 0 ? '-' : '+'}${part(size / 60)}:${part(size % 60)}`;
};

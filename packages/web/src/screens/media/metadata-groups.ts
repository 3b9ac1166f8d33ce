// Metadata as groups of names and values: pure, whatever the reader of metadata wrote.

export interface MetadataGroup {
  readonly name: string;
  readonly rows: readonly (readonly [name: string, value: string])[];
}

const words = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `{ "EXIF:Make": "x", GPS: { Lat: 1 } }` → groups EXIF and GPS; names without a group come first, under "". */
export const metadataGroups = (metadata: Readonly<Record<string, unknown>>): readonly MetadataGroup[] => {
  const groups = new Map<string, [string, string][]>();
  const put = (group: string, name: string, value: unknown): void => {
    groups.set(group, [...(groups.get(group) ?? []), [name, words(value)]]);
  };
  for (const [key, value] of Object.entries(metadata)) {
    if (isGroup(value)) for (const [name, inner] of Object.entries(value)) put(key, name, inner);
    else {
      const cut = key.indexOf(':');
      if (cut === -1) put('', key, value);
      else put(key.slice(0, cut), key.slice(cut + 1), value);
    }
  }
  return [...groups].map(([name, rows]) => ({ name, rows })).sort((a, b) => a.name.localeCompare(b.name));
};

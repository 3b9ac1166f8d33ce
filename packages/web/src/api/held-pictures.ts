// Pictures that somebody searches by: held in this tab for as long as it is open, sent to be compared, stored nowhere. The
// address names each by its SHA-256, so that going back finds it again.

const held = new Map<string, File>();
const MOST = 20;

/** Its name in addresses. */
export const holdPicture = async (file: File): Promise<string> => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  const name = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  held.delete(name);
  held.set(name, file);
  for (const oldest of [...held.keys()].slice(0, -MOST)) held.delete(oldest);
  return name;
};

/** Null in a tab that was opened or loaded since. */
export const heldPicture = (name: string): File | null => held.get(name) ?? null;

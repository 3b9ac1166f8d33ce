// JSON that somebody else wrote: what is none is null, and the schema that it is held to says so.
export const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

// Where a message says that its file lies, if that is below the folder of the text; what leads elsewhere leads nowhere.

export const pathBelow = (written: string): string | null => {
  const path = written.replace(/^(?:\.\/)+/, '');
  if (path === '' || path.length > 1_000 || /[\\\0:]/.test(path) || path.startsWith('/')) return null;
  const parts = path.split('/');
  return parts.every((part) => part !== '' && part !== '.' && part !== '..') ? path : null;
};

export const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

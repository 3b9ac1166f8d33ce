// The mark of a data folder that a backup is being restored into: while it lies there, the folder holds half a store.
import { join } from 'node:path';

export const restoringMark = (dataFolder: string): string => join(dataFolder, 'restoring.json');

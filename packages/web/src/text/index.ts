// The words in use. One language so far; a second is one more file and a choice here.
import { en, type Text } from './en.js';

export const t: Text = en;

// In which language somebody reads the web application.
import { z } from 'zod';
import { LANGUAGES } from './schemes.js';

/** null: nothing was chosen, and the browser says which. */
export const LanguageSetting = z.object({ language: z.enum(LANGUAGES).nullable() });
export type LanguageSetting = z.infer<typeof LanguageSetting>;

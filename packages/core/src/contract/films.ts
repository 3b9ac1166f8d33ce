// What is shown of a film without playing it: stills on one sheet.
import { z } from 'zod';

/** Stills lie row by row, each as large as the next; on the veiled sheet they are smaller, in the same places. */
export const Storyboard = z.object({
  columns: z.number().int(),
  rows: z.number().int(),
  /** Of one still on the clear sheet, pixels. */
  tileWidth: z.number().int(),
  tileHeight: z.number().int(),
  /** When each is shown. */
  timesMs: z.array(z.number().int()),
});
export type Storyboard = z.infer<typeof Storyboard>;

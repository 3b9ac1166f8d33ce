// What allows to open files that the provider who reported them has not viewed.
import { z } from 'zod';
import { Id, Instant, Purpose, Reference } from './primitives.js';

export const LEGAL_BASIS_KINDS = ['warrant', 'consent', 'emergency', 'other'] as const;
const Words = z.string().max(2000);

/** For every file of an exhibit, or for one medium in it; without an exhibit, wherever the asker sees the medium closed. */
export const LegalBasisAdd = z
  .object({
    exhibit: Id.optional(),
    media: Id.optional(),
    kind: z.enum(LEGAL_BASIS_KINDS),
    /** Of the warrant, the form or the file: what a court would ask for. */
    reference: Reference,
    words: Words.default(''),
  })
  .refine(({ exhibit, media }) => exhibit !== undefined || media !== undefined, 'name an exhibit or a media');
export type LegalBasisAdd = z.output<typeof LegalBasisAdd>;

export const LegalBasisWithdraw = z.object({ reason: Purpose });

export const LegalBasis = z.object({
  id: Id,
  exhibitId: Id,
  exhibit: z.string(),
  caseReference: z.string(),
  /** Null: every file of the exhibit. */
  mediaId: Id.nullable(),
  kind: z.enum(LEGAL_BASIS_KINDS),
  reference: z.string(),
  words: z.string(),
  recordedBy: z.string(),
  recordedAt: Instant,
  withdrawn: z.object({ at: Instant, by: z.string(), reason: z.string() }).nullable(),
});
export type LegalBasis = z.infer<typeof LegalBasis>;

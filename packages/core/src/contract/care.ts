// Care for the people who look: how they are shown things, within what their agency allows; what they have been exposed to, which is their
// own to know; and what a welfare officer sees of it.
import { z } from 'zod';
import { Instant } from './primitives.js';

/** From the strictest on. What is stricter wins, whoever of the two said it. */
export const TILE_RANGE = { least: 96, most: 320 } as const;
export const REVEAL_WAYS = ['hold', 'hold-or-keep'] as const;
export const KNOWN_BAD_WAYS = ['withheld', 'veiled'] as const;

export const Care = z.object({
  /** Height of the tiles of a grid, px; of the agency: at most. */
  tilePx: z.number().int().min(TILE_RANGE.least).max(TILE_RANGE.most),
  /** A clear picture ends when the key does, or may be kept open until the view is left. */
  reveal: z.enum(REVEAL_WAYS),
  /** What is on a list of known-bad files is not shown again, not even veiled, unless somebody asks for that one. */
  knownBad: z.enum(KNOWN_BAD_WAYS),
  /** A break is suggested after so long of looking without one, minutes, and after so many pictures. */
  breakMinutes: z.number().int().min(10).max(120),
  breakReveals: z.number().int().min(10).max(1000),
});
export type Care = z.infer<typeof Care>;

/** What holds for somebody who has said nothing. */
export const CARE_DEFAULTS: Care = {
  tilePx: 160,
  reveal: 'hold-or-keep',
  knownBad: 'withheld',
  breakMinutes: 45,
  breakReveals: 100,
};

/** A floor that holds nobody to anything. */
export const CARE_LAXEST: Care = {
  tilePx: TILE_RANGE.most,
  reveal: 'hold-or-keep',
  knownBad: 'veiled',
  breakMinutes: 120,
  breakReveals: 1000,
};

const stricter = <T>(order: readonly T[], a: T, b: T): T => (order.indexOf(a) <= order.indexOf(b) ? a : b);

/** What a person wishes, as far as the floor of their agency lets it. */
export const withFloor = (wish: Care, floor: Care | null): Care =>
  floor === null
    ? wish
    : {
        tilePx: Math.min(wish.tilePx, floor.tilePx),
        reveal: stricter(REVEAL_WAYS, wish.reveal, floor.reveal),
        knownBad: stricter(KNOWN_BAD_WAYS, wish.knownBad, floor.knownBad),
        breakMinutes: Math.min(wish.breakMinutes, floor.breakMinutes),
        breakReveals: Math.min(wish.breakReveals, floor.breakReveals),
      };

export const CareState = z.object({
  /** What holds. */
  care: Care,
  own: Care,
  /** Null: the agency has set none. */
  floor: Care.nullable(),
  floorSetBy: z.string().nullable(),
  floorSetAt: Instant.nullable(),
});
export type CareState = z.infer<typeof CareState>;

/** One day of one's own, in UTC. */
export const ExposureDay = z.object({
  day: z.iso.date(),
  /** Clear pictures that were asked for. */
  reveals: z.number().int(),
  /** Different ones. */
  media: z.number().int(),
  /** Of those, on a list of known-bad files now. */
  knownBad: z.number().int(),
  /** From one picture to the next, pauses left out. */
  minutes: z.number().int(),
});
export type ExposureDay = z.infer<typeof ExposureDay>;
export const EXPOSURE_DAYS = 90;
export const Exposure = z.object({ days: z.array(ExposureDay) });
export type Exposure = z.infer<typeof Exposure>;

/** Fewer people than these are nobody's aggregate. */
export const LEAST_PEOPLE = 5;
export const ExposureWeek = z.object({
  /** Its Monday. */
  week: z.iso.date(),
  people: z.number().int().min(LEAST_PEOPLE),
  /** Of one person, on average. */
  revealsEach: z.number(),
  minutesEach: z.number(),
});
export type ExposureWeek = z.infer<typeof ExposureWeek>;
/** Weeks that have ended and in which at least five people looked, newest first; of others nothing is told, not even that there were some. */
export const AgencyExposure = z.object({ weeks: z.array(ExposureWeek) });
export type AgencyExposure = z.infer<typeof AgencyExposure>;

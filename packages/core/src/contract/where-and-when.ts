// Where and when the files of a scope say that they were made: places as areas, times by their source as they were written; and how both are asked
// for. Nothing here is an instant, and nothing a point.
import { z } from 'zod';
import { Id } from './primitives.js';

const scope = { operation: Id.optional(), case: Id.optional(), exhibit: Id.optional() };

/** A circle: latitude and longitude in degrees, radius in metres: `41.385,2.173,1200`. */
const NEAR = /^(-?\d{1,2}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?),(\d{1,8})$/;
export interface Circle {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly radiusM: number;
}
/** Half of the way from a pole to the equator: more says nothing of where. */
export const MOST_RADIUS_M = 2_000_000;
/** Of a place, as somebody states it: never a point. */
export const Area = z.object({
  latitudeDeg: z.number().min(-90).max(90),
  longitudeDeg: z.number().min(-180).max(180),
  /** How well it is known: the place lies within so many metres. */
  radiusM: z.number().int().min(1).max(MOST_RADIUS_M),
});

export const readCircle = (text: string): Circle | null => {
  const [, latitude, longitude, radius] = NEAR.exec(text) ?? [];
  if (latitude === undefined || longitude === undefined || radius === undefined) return null;
  const circle = { latitudeDeg: Number(latitude), longitudeDeg: Number(longitude), radiusM: Number(radius) };
  return Math.abs(circle.latitudeDeg) <= 90 && Math.abs(circle.longitudeDeg) <= 180 ? circle : null;
};
export const circleText = ({ latitudeDeg, longitudeDeg, radiusM }: Circle): string =>
  [latitudeDeg.toFixed(5), longitudeDeg.toFixed(5), Math.ceil(radiusM)].map((part) => String(Number(part))).join(',');
export const Near = z
  .string()
  .refine((text) => readCircle(text) !== null, 'latitude,longitude,metres: 41.385,2.173,1200');

/** What somebody says of where their device was is no better than this. */
export const LEAST_RADIUS_M = 100;
export const MOST_AREAS = 2000;

export const PlacesQuery = z.object({
  ...scope,
  /** Of the squares in which media are counted together, in degrees. */
  cellDeg: z.coerce.number().min(0.001).max(45).default(1),
});
export type PlacesQuery = z.output<typeof PlacesQuery>;

export const MediaPlaces = z.object({
  /** Most media first. The area holds every place that is counted in it. */
  areas: z.array(
    z.object({
      latitudeDeg: z.number(),
      longitudeDeg: z.number(),
      radiusM: z.number(),
      media: z.number().int(),
    }),
  ),
  /** Media that say where, that do not, and that nobody may open before a legal basis is there. */
  said: z.number().int(),
  notSaid: z.number().int(),
  closed: z.number().int(),
  truncated: z.boolean(),
  /** What the investigation calls a place, where whoever recorded it says that it is: of the cases of the scope, or shown by media of it. */
  recorded: z.array(Area.extend({ id: Id, name: z.string(), agency: z.string() })),
});
export type MediaPlaces = z.infer<typeof MediaPlaces>;

/** By what a time was written: into the picture by its camera, in a message, by a file system, in an archive. */
export const TIME_LANES = ['capture', 'message', 'file-system', 'archive'] as const;
export const TimeLane = z.enum(TIME_LANES);
export type TimeLane = z.infer<typeof TimeLane>;

/** A year, a month or a day, as it is written: `2021`, `2021-05`, `2021-05-03`; year 0 and 2107 are values like others. */
export const Period = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'a year, a month or a day: 2021, 2021-05, 2021-05-03');
export const PERIOD_UNITS = ['year', 'month', 'day'] as const;
export type PeriodUnit = (typeof PERIOD_UNITS)[number];

/** A lane and the periods from the first to the last: `capture:2021-05..2021-07`. */
const TAKEN = /^(capture|message|file-system|archive):(\d{4}(?:-\d{2}(?:-\d{2})?)?)\.\.(\d{4}(?:-\d{2}(?:-\d{2})?)?)$/;
export interface Taken {
  readonly lane: TimeLane;
  readonly from: string;
  readonly to: string;
}
export const readTaken = (text: string): Taken | null => {
  const [, lane, from, to] = TAKEN.exec(text) ?? [];
  if (lane === undefined || from === undefined || to === undefined || from.length !== to.length || from > to)
    return null;
  return { lane: TimeLane.parse(lane), from, to };
};
export const Written = z
  .string()
  .refine((text) => readTaken(text) !== null, 'a lane and two periods of one length: capture:2021-05..2021-07');

const DAY_MS = 86_400_000;
/** The day so many after; of year 0 too. */
export const dayAfter = (day: string, days: number): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, date);
  const to = new Date(at.getTime() + days * DAY_MS);
  return [String(to.getUTCFullYear()).padStart(4, '0'), to.getUTCMonth() + 1, to.getUTCDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
};

export const TimesQuery = z.object({ ...scope, unit: z.enum(PERIOD_UNITS).default('year'), within: Period.optional() });
export type TimesQuery = z.output<typeof TimesQuery>;

export const MediaTimes = z.object({
  lanes: z.array(
    z.object({
      lane: TimeLane,
      /** In order. `noZone`: how many of these media wrote no zone: they may lie 14 hours to either side. */
      periods: z.array(z.object({ at: Period, media: z.number().int(), noZone: z.number().int() })),
    }),
  ),
  /** Media that have no time in any lane, and those that nobody may open. */
  noTime: z.number().int(),
  closed: z.number().int(),
});
export type MediaTimes = z.infer<typeof MediaTimes>;

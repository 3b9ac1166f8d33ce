// Types of columns that tables share: what is read, what may be inserted, what may be set.
import type { DiskImage, Storyboard } from '@redthread/core/contract';
import type { ColumnType, Generated } from 'kysely';

export type Instant = ColumnType<Date, Date | string | undefined, Date | string>;
export type NullableInstant = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
/** A bigint: pg returns it as text unless told otherwise; our pools parse it to a number (safe up to 2^53). */
export type Big = ColumnType<number, number | undefined, number>;
export type NullableBig = ColumnType<number | null, number | null | undefined, number | null>;
/** jsonb: written as text so that arrays are not taken for PostgreSQL arrays. */
export type Json<T> = ColumnType<T, string, string>;
export type NullableText = ColumnType<string | null, string | null | undefined, string | null>;

/** What a medium has that has a length. */
export interface FilmColumns {
  duration_ms: NullableBig;
  loudness: ColumnType<number[] | null, number[] | null | undefined, number[] | null>;
  storyboard: ColumnType<Storyboard | null, string | null | undefined, string | null>;
}

/** Of an exhibit: the disk images in it. */
export interface ImageColumns {
  images: ColumnType<DiskImage[], string | undefined, string>;
}

/** Of a file: whether it was there any more, and whether it is a small picture of a larger one. */
export interface ImageFileColumns {
  deletion: NullableText;
  is_thumbnail: Generated<boolean>;
}

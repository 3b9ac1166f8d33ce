// The tables of reviews, of care and of own settings as Kysely sees them: what a query found for one person, who is at which media, how people
// are shown things, and what they keep for their screens.
import type { ColumnType, Generated } from 'kysely';
import type { Care, ReviewQuery } from '@redthread/core/contract';
import type { Instant, Json } from './columns.js';

export interface ReviewTables {
  reviews: {
    id: Generated<string>;
    agency_id: string;
    user_id: string;
    name: string | null;
    query: Json<ReviewQuery>;
    total: Generated<number>;
    place: Generated<number>;
    made_at: Instant;
    used_at: ColumnType<Date, Date | undefined, Date>;
  };
  review_pages: {
    agency_id: string;
    review_id: string;
    number: number;
    media_ids: string[];
    ratios: Buffer;
  };
  review_claims: {
    agency_id: string;
    media_id: string;
    user_id: string;
    login: string;
    until: ColumnType<Date, Date, Date>;
  };
  care_settings: {
    agency_id: string;
    user_id: string;
    settings: Json<Care>;
    set_at: Instant;
  };
  own_settings: {
    agency_id: string;
    user_id: string;
    name: string;
    settings: Json<unknown>;
    set_at: Instant;
  };
  care_floors: {
    agency_id: string;
    settings: Json<Care>;
    set_by: string;
    set_login: string;
    set_at: Instant;
  };
}

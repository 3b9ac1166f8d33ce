// The order of grades in SQL, from the one list of grades.
import { sql, type RawBuilder } from 'kysely';
import { GRADES } from '@redthread/core/domain';

const LIST = sql.join(GRADES.map((grade) => sql.lit(grade)));

/** 1 for the strongest grade; `column` holds the name of a grade. */
export const gradeOrder = (column: string): RawBuilder<number> =>
  sql`array_position(array[${LIST}], ${sql.ref(column)})`;

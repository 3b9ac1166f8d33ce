// What a report is about, as it is asked for over the API and on the command line.
import type { AuditObject } from '@redthread/core/audit';
import type { ReportQuery } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import type { Trx } from '../../../store/index.js';
import { requireCase } from '../../cases/index.js';
import { seriesWithMedia } from '../../entities/index.js';
import { requireScope } from '../../funnel/index.js';
import { requireMedia } from '../../media/index.js';

export type About =
  | { readonly kind: 'case' | 'exhibit' | 'series'; readonly id: string }
  | { readonly kind: 'comparison'; readonly a: string; readonly b: string; readonly pictures: 'none' | 'veiled' };

const NEEDS = 'give one case, one exhibit, one series, or two media (a and b)';

/** Errors: REQUEST_INVALID. */
export const aboutOf = ({ a, b, case: caseId, exhibit, pictures, series }: ReportQuery): About => {
  const given = [caseId, exhibit, series, a ?? b].filter((one) => one !== undefined).length;
  if (given !== 1) throw fail('REQUEST_INVALID', NEEDS, { pointer: '/case' });
  if (caseId !== undefined) return { kind: 'case', id: caseId };
  if (exhibit !== undefined) return { kind: 'exhibit', id: exhibit };
  if (series !== undefined) return { kind: 'series', id: series };
  if (a === undefined || b === undefined)
    throw fail('REQUEST_INVALID', NEEDS, { pointer: a === undefined ? '/a' : '/b' });
  if (a === b) throw fail('REQUEST_INVALID', 'a and b are one media: name two', { pointer: '/b' });
  return { kind: 'comparison', a, b, pictures };
};

/** Errors: NOT_FOUND, alike for what is unknown and what is hidden. */
export const requireAbout = async (trx: Trx, about: About): Promise<void> => {
  if (about.kind === 'comparison') {
    await requireMedia(trx, about.a);
    await requireMedia(trx, about.b);
  } else if (about.kind === 'case') await requireCase(trx, about.id);
  else if (about.kind === 'series') await seriesWithMedia(trx, about.id);
  else await requireScope(trx, { kind: 'exhibit', id: about.id });
};

export const idsOf = (about: About): string[] => (about.kind === 'comparison' ? [about.a, about.b] : [about.id]);

/** Of each item one event says that a report of it was exported. */
export const objectsOf = (about: About): AuditObject[] =>
  about.kind === 'comparison'
    ? idsOf(about).map((id) => ({ kind: 'media', id }))
    : [{ kind: about.kind === 'series' ? 'entity' : about.kind, id: about.id }];

// How the viewer is shown things: what they chose, within the floor of their agency.
import { CARE_DEFAULTS, type Care } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { careQuery } from '../api/queries.js';

/** The defaults while it is being read. */
export const useCare = (): Care => useQuery(careQuery).data?.care ?? CARE_DEFAULTS;

// Reads again what requests have changed, as soon as one of them has come to its end.
import type { TwoPersonRequest } from '@redthread/core/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { underWay } from '../../api/queries.js';
import { readAgain } from '../../api/read-again.js';

/** What changes for the viewer when an exhibit or a case goes, comes or moves. */
const TOUCHED = ['/cases', '/exhibits', '/operations', '/funnel', '/stacks', '/occurrences', '/connections', '/media'];

export const useEnded = (requests: readonly TwoPersonRequest[] | undefined): void => {
  const client = useQueryClient();
  const before = useRef<readonly string[]>([]);
  useEffect(() => {
    if (requests === undefined) return;
    const now = requests.filter(underWay).map(({ number }) => number);
    if (before.current.some((number) => !now.includes(number))) void readAgain(client, TOUCHED);
    before.current = now;
  }, [client, requests]);
};

// What is known to be bad is not shown again, not even veiled, before somebody asks for that one.
import type { ReviewTile } from '@redthread/core/contract';
import { useCallback, useState } from 'react';
import { useCare } from '../../care/use-care.js';

export interface Withheld {
  readonly is: (tile: ReviewTile) => boolean;
  readonly askFor: (tile: ReviewTile) => void;
}

export const useWithheld = (): Withheld => {
  const { knownBad } = useCare();
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  const is = useCallback(
    (tile: ReviewTile): boolean =>
      knownBad === 'withheld' &&
      !asked.has(tile.mediaId) &&
      tile.listHits.some(({ polarity }) => polarity === 'known-bad'),
    [knownBad, asked],
  );
  const askFor = useCallback((tile: ReviewTile): void => setAsked((now) => new Set(now).add(tile.mediaId)), []);
  return { is, askFor };
};

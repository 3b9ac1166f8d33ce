// What is known to be bad is not shown again, not even veiled, before somebody asks for that one.
import type { ListHit } from '@redthread/core/contract';
import { useCallback, useState } from 'react';
import { useCare } from './use-care.js';

interface Listed {
  readonly mediaId: string;
  readonly listHits: readonly Pick<ListHit, 'polarity'>[];
}

export interface Withheld {
  readonly is: (listed: Listed) => boolean;
  readonly askFor: (listed: Listed) => void;
}

export const useWithheld = (): Withheld => {
  const { knownBad } = useCare();
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  const is = useCallback(
    (listed: Listed): boolean =>
      knownBad === 'withheld' &&
      !asked.has(listed.mediaId) &&
      listed.listHits.some(({ polarity }) => polarity === 'known-bad'),
    [knownBad, asked],
  );
  const askFor = useCallback(({ mediaId }: Listed): void => setAsked((now) => new Set(now).add(mediaId)), []);
  return { is, askFor };
};

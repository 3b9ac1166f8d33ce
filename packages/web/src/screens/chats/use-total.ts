// Says how many a tab has, as soon as that is known.
import { useEffect } from 'react';

export const useTotal = (total: number | undefined, onTotal: (total: number | undefined) => void): void =>
  useEffect(() => onTotal(total), [total, onTotal]);

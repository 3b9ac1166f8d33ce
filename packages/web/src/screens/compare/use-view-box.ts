// The shared zoom and pan: moves at once, and is written into the address when it has come to rest.
import { useCallback, useEffect, useRef, useState } from 'react';
import { FIT, settle, type ViewBox } from '../../layout/view-box.js';

const REST_MS = 250;

export const useViewBox = (
  start: Partial<ViewBox>,
  keep: (view: ViewBox) => void,
): readonly [ViewBox, (next: (view: ViewBox) => ViewBox) => void] => {
  const [view, setView] = useState<ViewBox>(() => settle({ ...FIT, ...start }));
  const touched = useRef(false);
  const change = useCallback((next: (view: ViewBox) => ViewBox): void => {
    touched.current = true;
    setView(next);
  }, []);
  useEffect(() => {
    if (!touched.current) return undefined;
    const timer = setTimeout(() => keep(view), REST_MS);
    return () => clearTimeout(timer);
  }, [view, keep]);
  return [view, change];
};

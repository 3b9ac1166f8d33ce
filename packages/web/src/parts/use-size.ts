// How large something is on the page; nothing until it has been laid out.
import { useCallback, useState, type RefCallback } from 'react';
import type { Size } from '../layout/plane.js';

export const useSize = (): readonly [Size, RefCallback<Element>] => {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const measure = useCallback((element: Element | null) => {
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [size, measure];
};

// Listens to the wheel over something, in place of the page: React listens passively, and the page would scroll as well.
import { useEffect, useEffectEvent, type RefObject } from 'react';

export const useWheel = (over: RefObject<Element | null>, onTurn: (event: WheelEvent, box: DOMRect) => void): void => {
  const turn = useEffectEvent(onTurn);
  useEffect(() => {
    const element = over.current;
    if (element === null) return undefined;
    const wheel = (event: Event): void => {
      event.preventDefault();
      turn(event as WheelEvent, element.getBoundingClientRect());
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [over]);
};

// Waits until a page is still: nothing is on its way to it, its pictures and fonts are there, nothing on it moves. As long as that takes,
// where a pause would be too long on a fast machine and too short on a busy one.
import type { Page, Request } from 'playwright-core';

/** A page that is never still shows what it is by then. */
const LONGEST_MS = 5_000;
const POLL_MS = 20;

/** Two frames on: what was asked for has been laid out and painted, and has asked for what it needs in turn. */
const isStill = (page: Page): Promise<boolean> =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    const moves = document.getAnimations().some(({ playState, effect }) => {
      // What turns for ever, as a sign that something is awaited, is no movement that ends.
      return playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime);
    });
    return !moves && document.fonts.status === 'loaded' && [...document.images].every(({ complete }) => complete);
  });

/** Begins to watch what the page asks for; what is answered waits until it is still. */
export const settling = (page: Page): (() => Promise<void>) => {
  const onTheirWay = new Set<Request>();
  page.on('request', (request) => onTheirWay.add(request));
  page.on('requestfinished', (request) => onTheirWay.delete(request));
  page.on('requestfailed', (request) => onTheirWay.delete(request));
  return async () => {
    const deadline = Date.now() + LONGEST_MS;
    while (!((await isStill(page)) && onTheirWay.size === 0) && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  };
};

// What became of the frames of a scroll, from a trace of the browser's own pipeline: presented, or dropped where it would have been smooth.
const DISTANCE_PX = 12_000;
const SPEED_PX_S = 1_600;
const CATEGORIES = ['cc', 'benchmark', 'disabled-by-default-cc.debug.scheduler.frames'];

const DROPPED = 'STATE_DROPPED';
const PRESENTED = /^STATE_PRESENTED/;

export const frameReports = async ({ browser, page }) => {
  const session = await page.context().newCDPSession(page);
  await browser.startTracing(page, { categories: CATEGORIES });
  await session.send('Input.synthesizeScrollGesture', {
    x: 640,
    y: 450,
    yDistance: -DISTANCE_PX,
    speed: SPEED_PX_S,
    gestureSourceType: 'mouse',
  });
  const trace = JSON.parse((await browser.stopTracing()).toString('utf8'));
  await session.detach();
  const states = trace.traceEvents.flatMap(({ name, args }) => {
    const report = name === 'PipelineReporter' ? (args?.chrome_frame_reporter ?? args?.frame_reporter) : undefined;
    return report === undefined ? [] : [report];
  });
  return {
    presented: states.filter(({ state }) => PRESENTED.test(state)).length,
    dropped: states.filter(({ state, affects_smoothness: counts }) => state === DROPPED && counts !== false).length,
  };
};

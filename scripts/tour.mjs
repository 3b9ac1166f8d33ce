// `node scripts/tour.mjs`: takes the pictures of docs/tour.md from the screens that the browser tests left in test-results/screens.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { inRoot, stop } from './lib/repository.mjs';

const WIDTH_PX = 1200;
const QUALITY = 74;
const SCREENS = inRoot('test-results/screens');
const IMAGES = inRoot('docs/images/tour');

/** The page says which: `images/tour/NAME.jpg`, of the screen `NAME-dark-1440x900.png`. */
const names = [...readFileSync(inRoot('docs/tour.md'), 'utf8').matchAll(/images\/tour\/([\w-]+)\.jpg/g)].map(
  ([, name]) => name,
);

mkdirSync(IMAGES, { recursive: true });
for (const name of names) {
  const screen = join(SCREENS, `${name}-dark-1440x900.png`);
  if (!existsSync(screen))
    stop(
      `${screen} is missing: run REDTHREAD_SCREENS=test-results/screens npx vitest run --project e2e test/e2e/review.test.ts test/e2e/chats.test.ts first.`,
    );
  await sharp(screen)
    .resize(WIDTH_PX)
    .jpeg({ quality: QUALITY, mozjpeg: true })
    .toFile(join(IMAGES, `${name}.jpg`));
}
process.stdout.write(`${names.length} pictures in docs/images/tour\n`);

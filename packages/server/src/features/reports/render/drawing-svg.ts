// The drawing of a comparison in a page of HTML.
import type { ReportDrawing } from '@redthread/core/contract';
import { TEXT } from '../text/en.js';
import { placed, type Frame } from './drawing.js';

const WIDTH = 720;
const HIGHEST = 300;
const n = (value: number): string => String(Math.round(value * 10) / 10);
const rectangle = ({ height, width, x, y }: Frame, style: string): string =>
  `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" fill="none" ${style}/>`;

export const drawingSvg = (drawing: ReportDrawing, escaped: (text: string) => string): string => {
  const { a, b, height, lines, regionA, regionB } = placed(drawing, WIDTH, HIGHEST);
  const regions = [regionA, regionB].flatMap((one) => (one === null ? [] : [rectangle(one, 'stroke="#a3252b"')]));
  const name = (frame: Frame, text: string): string =>
    `<text x="${n(frame.x)}" y="${n(height + 16)}" font-size="12" fill="#5b636d">${escaped(text)}</text>`;
  return `<svg viewBox="-1 -1 ${WIDTH + 2} ${n(height + 24)}" width="${WIDTH}" role="img" aria-label="${escaped(drawing.title)}: ${drawing.lines.length}">${rectangle(a, 'stroke="#16191d"')}${rectangle(b, 'stroke="#16191d"')}${regions.join('')}<g stroke="#3b5b8c" stroke-width=".7" opacity=".7">${lines
    .map(([x1, y1, x2, y2]) => `<line x1="${n(x1)}" y1="${n(y1)}" x2="${n(x2)}" y2="${n(y2)}"/>`)
    .join(
      '',
    )}</g>${name(a, drawing.a.name)}${name(b, drawing.b.name)}${regions.length > 0 ? `<title>${TEXT.region}</title>` : ''}</svg>`;
};

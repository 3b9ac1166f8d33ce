// The drawing of a comparison on a page.
import type { ReportDrawing } from '@redthread/core/contract';
import { TEXT } from '../../text/en.js';
import { placed, type Frame } from '../drawing.js';
import { INK, MARK, QUIET, type Pages } from './pages.js';
import type { Tagged } from './tags.js';

const HIGHEST = 210;

export const drawDrawing = (pages: Pages, into: Tagged, drawing: ReportDrawing): void => {
  const { a, b, height, lines, regionA, regionB } = placed(drawing, pages.width, HIGHEST);
  pages.need(height + 46);
  const caption = into.open('P');
  pages.text(caption, { face: 'bold', size: 9, leading: 13, colour: INK }, drawing.title);
  pages.text(caption, { face: 'sans', size: 8, leading: 12, colour: QUIET }, TEXT.overlay);
  caption.close();
  const { doc } = pages;
  const top = pages.y + 4;
  const frame = ({ height: h, width, x, y }: Frame, colour: string, line: number): void =>
    void doc
      .lineWidth(line)
      .strokeColor(colour)
      .rect(pages.left + x, top + y, width, h)
      .stroke();
  const figure = into.open('Figure', { alt: `${drawing.title}: ${drawing.lines.length}` });
  figure.draw(() => {
    doc.save();
    frame(a, INK, 0.7);
    frame(b, INK, 0.7);
    for (const region of [regionA, regionB]) if (region !== null) frame(region, MARK, 0.7);
    doc.lineWidth(0.35).strokeColor('#3b5b8c');
    for (const [x1, y1, x2, y2] of lines)
      doc
        .moveTo(pages.left + x1, top + y1)
        .lineTo(pages.left + x2, top + y2)
        .stroke();
    doc.restore();
    for (const [side, at] of [
      [drawing.a, a],
      [drawing.b, b],
    ] as const) {
      const [line] = pages.type.lines('sans', 8, pages.width / 2, side.name);
      if (line !== undefined) pages.line(line, 8, QUIET, pages.left + at.x, top + height + 5);
    }
  });
  figure.close();
  pages.y = top + height + 24;
};

// A picture of the graph that leaves: on record first, then drawn as it is shown, with what it starts from, who saw it so, and when.
import { GraphExport, type GraphStart } from '@redthread/core/contract';
import { callJson } from '../../api/client.js';
import { graphPath } from '../../api/queries.js';
import { drawGraph, type Colours, type Scene } from '../../graph/draw.js';
import type { GraphView } from '../../graph/graph-view.js';
import type { Size } from '../../layout/plane.js';
import { saveFile } from '../../parts/save-file.js';
import { t } from '../../text/index.js';

const SCALE = 2;
const CAPTION_PX = 24;

interface Picture {
  readonly start: GraphStart;
  readonly name: string;
  readonly login: string;
  readonly size: Size;
  readonly view: GraphView;
  readonly colours: Colours;
  readonly scene: Scene;
}

/** Errors: those of the server, and then nothing is made. */
export const exportPng = async ({ start, name, login, size, view, colours, scene }: Picture): Promise<void> => {
  const body = { nodes: scene.nodes.length, edges: scene.edges.length };
  await callJson(`${graphPath(start)}/exports`, GraphExport, { method: 'POST', body });
  const [width, height] = [size.width, size.height + CAPTION_PX];
  const canvas = document.createElement('canvas');
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  pen.scale(SCALE, SCALE);
  drawGraph(pen, { width, height }, view, colours, scene);
  const day = new Date().toISOString().slice(0, 10);
  pen.textAlign = 'left';
  pen.fillStyle = colours.muted;
  pen.fillText(t.graph.pngCaption(name, login, day), 12, size.height + 6);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (blob !== null)
    saveFile(new File([blob], `graph-${name.replace(/[^\p{L}\p{N}-]+/gu, '-')}-${day}.png`, { type: blob.type }));
};

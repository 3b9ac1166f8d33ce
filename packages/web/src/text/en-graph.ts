// Text of the graph: what it starts from, what it shows, and the list that says the same.
import type { GraphEdge, GraphNode } from '@redthread/core/contract';
import { entities } from './en-entities.js';
import { count } from './format.js';
import { plural } from './plural.js';

const kinds: Readonly<Record<GraphNode['kind'], string>> = { ...entities.kinds, case: 'case' };

const relations: Readonly<Record<Exclude<GraphEdge['kind'], 'assertion'>, string>> = {
  connection: 'connects with',
  recorded: 'holds the record of',
  shown: 'has media that show, or belong to,',
};

export const graph = {
  title: 'Graph',
  one: 'Graph of it',
  pick: 'A graph starts from a question.',
  teach:
    'Which case, which person, which series? Open one from the list of cases, entities or series and choose Graph there. At a terminal:',
  command: 'redthread graph case ES-2026-014',
  kinds,
  relations,
  noName: '(no name)',
  laying: (n: number) => `Finding places for ${plural(n, 'node', 'nodes')}…`,
  picture: (nodes: number, edges: number) =>
    `Picture of ${plural(nodes, 'node', 'nodes')} and ${plural(edges, 'line', 'lines')}; the list beside it says all that it shows.`,
  counts: (nodes: number, edges: number) => `${plural(nodes, 'node', 'nodes')}, ${plural(edges, 'line', 'lines')}`,
  leftOut: (n: number) => `${count(n)} weaker or older lines around what is expanded are left out.`,
  hidden: (n: number) => `${plural(n, 'line', 'lines')} hidden by the filter.`,
  timeless: (n: number) => `${plural(n, 'line tells', 'lines tell')} of no date, and stay.`,
  grade: 'Connections of at least',
  anyGrade: 'any grade',
  since: 'Held or said from',
  until: 'to',
  expand: 'Expand',
  expanded: 'is expanded',
  expandAll: (n: number) => `Expand ${count(n)}`,
  expandAllHint: 'Show what every node that is shown connects with, the nearest first, at most so many at a time',
  pin: 'Pin',
  unpin: 'Let go',
  pinned: 'pinned',
  fit: 'Fit',
  png: 'Picture (PNG)',
  pngHint: 'Stands in the record before the picture is made',
  pngCaption: (start: string, by: string, on: string) => `${start}, as ${by} saw it on ${on}. Redthread.`,
  takeEnd: 'End of a path',
  ends: (from: string, to: string) => `The red thread from ${from} to ${to}`,
  firstEnd: (from: string) => `Path from ${from}: choose the other end and press its key, or its button.`,
  noPath: 'Nothing that is shown leads from one to the other. Expand more, or take a filter away.',
  clearPath: 'No path',
  open: 'Open its page',
  list: 'All that is shown',
  around: (name: string) => `Around ${name}`,
  all: 'Show everything',
  nodes: 'Nodes',
  lines: 'Lines',
  from: 'From',
  how: 'How',
  to: 'To',
  bits: 'Bits',
  why: 'Why',
  chosen: 'Chosen',
  nothingChosen: 'Choose a node in the picture or in the list.',
  legend: 'Shapes',
  shapes: {
    case: 'case',
    person: 'person',
    place: 'place',
    device: 'device, camera, phone',
    series: 'series',
    other: 'anything else',
  },
  weight:
    'The wider a line, the more bits; its colour is the grade. Dashed: somebody says so. Dotted: recorded, or shown by media.',
  alone: 'Nothing is connected with it, as far as you may see.',
  more: (n: number) => `${count(n)} more below`,
};

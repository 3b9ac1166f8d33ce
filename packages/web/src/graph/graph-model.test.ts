import type { GraphEdge, GraphNode } from '@redthread/core/contract';
import { describe, expect, it } from 'vitest';
import { groupsIn, joined, pathBetween, shownOf } from './graph-model.js';

const agency = { id: '00000000-0000-4000-8000-000000000001', name: 'Alpha', country: 'ES' };
const node = (key: string, kind: GraphNode['kind'] = 'person'): GraphNode => ({
  key,
  kind,
  name: key,
  role: null,
  agency,
});
const edge = (a: string, b: string, more: Partial<GraphEdge> = {}): GraphEdge => ({
  id: `${a}-${b}`,
  kind: 'assertion',
  a,
  b,
  bits: null,
  grades: [],
  type: null,
  words: '',
  by: 'anna',
  at: '2026-03-01T10:00:00.000Z',
  validFrom: null,
  validTo: null,
  media: [],
  connection: null,
  ...more,
});
const connection = (a: string, b: string, bits: number, grades: GraphEdge['grades']): GraphEdge =>
  edge(a, b, { kind: 'connection', bits, grades, at: null });
const around = (key: string, nodes: readonly string[], edges: readonly GraphEdge[], leftOut = 0) => ({
  node: node(key),
  nodes: nodes.map((one) => node(one)),
  edges: [...edges],
  leftOut,
});

const picture = joined([
  around('a', ['b', 'c'], [connection('a', 'b', 12, ['partial']), edge('a', 'c')], 3),
  around('b', ['a', 'd'], [connection('a', 'b', 12, ['partial']), connection('b', 'd', 30, ['identical'])], 1),
]);

describe('a picture of a graph', () => {
  it('is put together from neighbourhoods, each thing once, with what was left out', () => {
    expect([[...picture.nodes.keys()].sort(), picture.edges.size, picture.leftOut]).toEqual([
      ['a', 'b', 'c', 'd'],
      3,
      4,
    ]);
    expect([...picture.expanded]).toEqual(['a', 'b']);
  });

  it('is filtered by grade; what is expanded stays, what is said has no grade', () => {
    const shown = shownOf(picture, { grade: 'same content' });
    expect(shown.edges.map(({ id }) => id).sort()).toEqual(['a-c', 'b-d']);
    expect([shown.nodes.map(({ key }) => key).sort(), shown.hidden]).toEqual([['a', 'b', 'c', 'd'], 1]);
  });

  it('is filtered by date: by when something holds, or else was said; what tells of no time stays and is counted', () => {
    const held = joined([
      around(
        'a',
        ['b', 'c', 'd'],
        [
          edge('a', 'b', { validFrom: '2020-01-01', validTo: '2020-12-31' }),
          edge('a', 'c'),
          connection('a', 'd', 9, ['partial']),
        ],
      ),
    ]);
    const ids = (since?: string, until?: string) => shownOf(held, { since, until }).edges.map(({ id }) => id);
    expect(ids('2020-06-01', '2020-06-30')).toEqual(['a-b', 'a-d']);
    expect(ids('2026-03-01', '2026-03-01')).toEqual(['a-c', 'a-d']);
    expect(shownOf(held, { since: '2020-06-01' }).timeless).toBe(1);
  });

  it('has a path of the fewest steps, of such the strongest, or none', () => {
    const edges = [
      connection('a', 'b', 3, ['partial']),
      connection('b', 'z', 3, ['partial']),
      connection('a', 'c', 30, ['identical']),
      connection('c', 'z', 30, ['identical']),
      connection('x', 'y', 9, ['partial']),
    ];
    expect(pathBetween(edges, 'a', 'z')?.map(({ id }) => id)).toEqual(['a-c', 'c-z']);
    expect(pathBetween(edges, 'a', 'x')).toBeNull();
    expect(pathBetween(edges, 'a', 'a')).toEqual([]);
    expect(pathBetween([...edges, edge('a', 'z')], 'a', 'z')?.map(({ id }) => id)).toEqual(['a-z']);
    const long = ['a', 'p', 'q', 'r', 's', 'z'].map((key, i, keys) =>
      connection(key, keys[i + 1] ?? 'end', 30, ['identical']),
    );
    const short = ['a', 'k', 'l', 'm', 'z'].map((key, i, keys) =>
      connection(key, keys[i + 1] ?? 'end', 1, ['partial']),
    );
    expect(pathBetween([...long, ...short], 'a', 'z')).toHaveLength(4);
  });

  it('draws a chat group around those who are in it', () => {
    const chat = { ...around('a', ['b'], [edge('a', 'g', { type: 'is-in' }), edge('b', 'g', { type: 'is-in' })]) };
    const with_ = joined([{ ...chat, nodes: [...chat.nodes, node('g', 'chat-group'), node('h', 'chat-group')] }]);
    expect(groupsIn(shownOf(with_, {}))).toEqual([{ group: 'g', keys: ['g', 'a', 'b'] }]);
  });
});

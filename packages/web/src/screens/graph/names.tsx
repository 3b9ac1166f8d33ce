// What a node is called, where its page is, and the words of a line.
import type { GraphEdge, GraphNode, GraphStart } from '@redthread/core/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { shapeOf, type NodeShape } from '../../graph/draw.js';
import { t } from '../../text/index.js';

const words = t.graph;

export const nameOf = ({ name }: Pick<GraphNode, 'name'>): string => (name === '' ? words.noName : name);

export const startOf = (key: string): GraphStart => {
  const [kind, id = ''] = key.split(':');
  return { kind: kind === 'case' ? 'case' : 'entity', id };
};

export const relationOf = ({ kind, type }: GraphEdge): string =>
  kind === 'assertion' ? (type === null ? '' : t.entities.relations[type]) : words.relations[kind];

export const NodeLink = ({ node }: { node: GraphNode }): ReactNode => {
  const { id } = startOf(node.key);
  if (node.kind === 'case')
    return (
      <Link to="/cases/$caseId" params={{ caseId: id }} className="link">
        {words.open}
      </Link>
    );
  if (node.kind === 'series')
    return (
      <Link to="/series/$seriesId" params={{ seriesId: id }} className="link">
        {words.open}
      </Link>
    );
  return (
    <Link to="/entities/$entityId" params={{ entityId: id }} className="link">
      {words.open}
    </Link>
  );
};

const OUTLINES: Readonly<Record<NodeShape, ReactNode>> = {
  case: <path d="M0.5 3h13v8h-13Z" />,
  person: <circle cx="7" cy="7" r="5" />,
  place: <path d="M2 2h10v10h-10Z" />,
  device: <path d="M12.5 7 9.75 11.8h-5.5L1.5 7l2.75-4.8h5.5Z" />,
  series: <path d="M7 1 13 7 7 13 1 7Z" />,
  other: <path d="M7 1.5 12.5 11.5h-11Z" />,
};

/** The shape that it has in the picture. */
export const NodeShapeMark = ({ shape }: { shape: NodeShape }): ReactNode => (
  <svg width="14" height="14" viewBox="0 0 14 14" fill="none" stroke="currentColor" strokeWidth="1.2" aria-hidden>
    {OUTLINES[shape]}
  </svg>
);

export const NodeMark = ({ kind }: Pick<GraphNode, 'kind'>): ReactNode => <NodeShapeMark shape={shapeOf(kind)} />;

// Everything that the picture says, as a list: the chosen node with what can be done, the path, and the lines around it or all of them.
import type { GraphEdge, GraphNode } from '@redthread/core/contract';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Kbd } from '../../app/own-keys.js';
import { GradeShape } from '../../form/grade.js';
import { measure } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './graph.module.css';
import { nameOf, NodeLink, NodeMark, relationOf } from './names.js';

const words = t.graph;
const AT_ONCE = 200;

export interface GraphActs {
  readonly choose: (key: string | undefined) => void;
  readonly expand: (key: string) => void;
  readonly pin: (key: string) => void;
  readonly takeEnd: (key: string) => void;
  readonly clearPath: () => void;
}

interface ListProps {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly edges: readonly GraphEdge[];
  readonly expanded: ReadonlySet<string>;
  readonly pinned: ReadonlySet<string>;
  readonly chosen: GraphNode | undefined;
  readonly ends: readonly string[];
  /** Null: there is none between the ends. */
  readonly path: readonly GraphEdge[] | null;
  readonly acts: GraphActs;
}

const NodeButton = ({ node, acts }: { node: GraphNode | undefined; acts: GraphActs }): ReactNode =>
  node === undefined ? null : (
    <button type="button" className={styles['name']} onClick={() => acts.choose(node.key)}>
      <NodeMark kind={node.kind} /> <span className="hidden-words">{words.kinds[node.kind]}</span> {nameOf(node)}
    </button>
  );

const Why = ({ edge }: { edge: GraphEdge }): ReactNode => {
  const [a, b] = edge.media;
  const text = edge.words === '' ? null : edge.words;
  if (edge.kind === 'connection' && a !== undefined)
    return b === undefined || a === b ? (
      <Link to="/media/$mediaId" params={{ mediaId: a }} className="link">
        {text}
      </Link>
    ) : (
      <Link to="/compare" search={{ a, b }} className="link">
        {text}
      </Link>
    );
  if (edge.kind === 'shown')
    return edge.media.map((id) => (
      <Link key={id} to="/media/$mediaId" params={{ mediaId: id }} className="link mono">
        {id.slice(0, 8)}{' '}
      </Link>
    ));
  return (
    <>
      {text}{' '}
      <span className="muted">
        {edge.by}
        {(edge.validFrom !== null || edge.validTo !== null) && `, ${t.entities.valid(edge.validFrom, edge.validTo)}`}
      </span>
    </>
  );
};

const Lines = ({ edges, nodes, acts }: Pick<ListProps, 'edges' | 'nodes' | 'acts'>): ReactNode => {
  const [most, setMost] = useState(AT_ONCE);
  const sorted = [...edges].sort((x, y) => (y.bits ?? -1) - (x.bits ?? -1));
  return (
    <>
      <ul className={styles['lines']} aria-label={words.lines}>
        {sorted.slice(0, most).map((edge) => (
          <li key={edge.id} data-edge={edge.kind}>
            <NodeButton node={nodes.get(edge.a)} acts={acts} /> {relationOf(edge)}{' '}
            <NodeButton node={nodes.get(edge.b)} acts={acts} />
            {edge.bits !== null && (
              <span className={styles['bits']}>
                {edge.grades.map((grade) => (
                  <GradeShape key={grade} grade={grade} />
                ))}{' '}
                {measure(Math.round(edge.bits * 10) / 10)} {words.bits.toLowerCase()}
              </span>
            )}
            <span className={styles['why']}>
              <Why edge={edge} />
            </span>
          </li>
        ))}
      </ul>
      {sorted.length > most && (
        <button type="button" className="button" onClick={() => setMost(most + AT_ONCE)}>
          {words.more(sorted.length - most)}
        </button>
      )}
    </>
  );
};

const Chosen = ({
  node,
  expanded,
  pinned,
  acts,
}: Pick<ListProps, 'expanded' | 'pinned' | 'acts'> & { node: GraphNode }): ReactNode => (
  <section className={styles['chosen']} data-chosen={node.key}>
    <h2>
      <NodeMark kind={node.kind} /> {nameOf(node)}
    </h2>
    <p className="muted">
      {[
        words.kinds[node.kind],
        node.role === null ? null : t.entities.roles[node.role],
        `${node.agency.name} (${node.agency.country})`,
      ]
        .filter((part) => part !== null)
        .join(' · ')}
    </p>
    <p className={styles['acts']}>
      <button type="button" className="button" disabled={expanded.has(node.key)} onClick={() => acts.expand(node.key)}>
        {expanded.has(node.key) ? words.expanded : words.expand} <Kbd action="expand" />
      </button>
      <button type="button" className="button" aria-pressed={pinned.has(node.key)} onClick={() => acts.pin(node.key)}>
        {pinned.has(node.key) ? words.unpin : words.pin} <Kbd action="pin" />
      </button>
      <button type="button" className="button" onClick={() => acts.takeEnd(node.key)}>
        {words.takeEnd} <Kbd action="pathEnd" />
      </button>
      <NodeLink node={node} />
    </p>
  </section>
);

const Path = ({ ends, path, nodes, acts }: Pick<ListProps, 'ends' | 'path' | 'nodes' | 'acts'>): ReactNode => {
  const [from, to] = ends.map((key) => nodes.get(key));
  if (from === undefined) return null;
  return (
    <section className={styles['path']} aria-live="polite" data-path={path?.length ?? 'none'}>
      <h2>{to === undefined ? words.firstEnd(nameOf(from)) : words.ends(nameOf(from), nameOf(to))}</h2>
      {to !== undefined && (path === null ? <p>{words.noPath}</p> : <Lines edges={path} nodes={nodes} acts={acts} />)}
      <button type="button" className="button plain" onClick={acts.clearPath}>
        {words.clearPath}
      </button>
    </section>
  );
};

export const GraphList = (props: ListProps): ReactNode => {
  const { nodes, edges, chosen, acts } = props;
  const around = chosen === undefined ? edges : edges.filter(({ a, b }) => a === chosen.key || b === chosen.key);
  return (
    <aside className={`beside ${styles['list']}`} aria-label={words.list}>
      {chosen === undefined ? (
        <p className="muted">{words.nothingChosen}</p>
      ) : (
        <Chosen key={`chosen ${chosen.key}`} {...props} node={chosen} />
      )}
      <Path {...props} />
      <div className={styles['list-head']}>
        <h2>{chosen === undefined ? words.list : words.around(nameOf(chosen))}</h2>
        {chosen !== undefined && (
          <button type="button" className="button plain" onClick={() => acts.choose(undefined)}>
            {words.all}
          </button>
        )}
      </div>
      <Lines key={`lines ${chosen?.key ?? ''}`} edges={around} nodes={nodes} acts={acts} />
    </aside>
  );
};

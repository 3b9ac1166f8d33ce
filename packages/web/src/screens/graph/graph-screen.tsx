// The graph of an investigation: it starts from a question, grows where somebody expands it, and shows by the red thread what leads from one to
// another. What is shown, chosen and expanded stands in the address; where nodes were put is kept for the person.
import type { GraphStart } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { graphLayoutQuery, graphQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import { Async } from '../../parts/async.js';
import { Teach } from '../../parts/teach.js';
import { t } from '../../text/index.js';
import { GraphWork } from './graph-work.js';
import { nameOf } from './names.js';

const route = getRouteApi('/shell/graph');
const words = t.graph;

const FromStart = ({ start }: { start: GraphStart }): ReactNode => {
  const query = useQuery(graphQuery(start));
  const layout = useQuery({ ...graphLayoutQuery(start), staleTime: Infinity });
  const name = query.data === undefined ? [] : [{ words: nameOf(query.data.node) }];
  usePlace([{ words: words.title, href: '/graph' }, ...name]);
  return (
    <Async query={query}>
      {(first) =>
        first.edges.length === 0 ? (
          <Teach title={words.alone} text={`${words.kinds[first.node.kind]} ${nameOf(first.node)}`} />
        ) : (
          <Async query={layout}>{({ pins }) => <GraphWork start={start} first={first} kept={pins} />}</Async>
        )
      }
    </Async>
  );
};

const Pick = (): ReactNode => {
  usePlace([{ words: words.title }]);
  return <Teach title={words.pick} text={words.teach} command={words.command} />;
};

export const GraphScreen = (): ReactNode => {
  const search = route.useSearch();
  if (search.case !== undefined) return <FromStart key={search.case} start={{ kind: 'case', id: search.case }} />;
  if (search.entity !== undefined)
    return <FromStart key={search.entity} start={{ kind: 'entity', id: search.entity }} />;
  return <Pick />;
};

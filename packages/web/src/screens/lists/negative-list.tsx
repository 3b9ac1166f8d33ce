// What is never a hit in the own agency, and what was set aside because it is in too many files: who says so, why, until when.
import { NegativeDigest } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { callJson } from '../../api/client.js';
import { negativeListQuery } from '../../api/queries.js';
import { Copyable } from '../../form/copyable.js';
import { Field, textIn } from '../../parts/field.js';
import { Section } from '../../parts/section.js';
import { WithReason } from '../../parts/with-reason.js';
import { count, instant } from '../../text/format.js';
import { t } from '../../text/index.js';

const words = t.negativeList;
/** It decides what is a hit everywhere. */
export const NEGATIVE_TOUCHES = ['/negative-list', '/lists', '/funnel', '/stacks', '/media', '/notices'];

const Row = ({ item, mayDecide }: { item: NegativeDigest; mayDecide: boolean }): ReactNode => {
  const step = (which: 'keep' | 'end', text: string): ReactNode => (
    <WithReason
      words={text}
      reason={words.reason}
      send={(reason) =>
        callJson(`/negative-list/${item.id}/${which}`, NegativeDigest, { method: 'POST', body: { reason } })
      }
      touches={NEGATIVE_TOUCHES}
    />
  );
  return (
    <tr data-negative={item.digest}>
      <td>
        <Copyable text={item.digest} />{' '}
        {item.mediaId !== null && (
          <Link to="/media/$mediaId" params={{ mediaId: item.mediaId }} className="link">
            {words.open}
          </Link>
        )}
      </td>
      <td>{words.states[item.state]}</td>
      <td className="grow" title={item.lists?.join('\n')}>
        {item.state === 'set-aside' ? words.flood(item.files ?? 0, (item.lists ?? []).join(', ')) : item.reason}
      </td>
      <td>{item.login}</td>
      <td className="num">
        {item.expiresAt === null ? (
          <span className="muted">{t.lists.never}</span>
        ) : (
          <>
            {!item.counts && `${t.lists.expired} `}
            {instant(item.expiresAt)}
          </>
        )}
      </td>
      <td className="num">
        {mayDecide && (
          <>
            {item.state === 'set-aside' && step('keep', words.keep)}
            {step('end', item.state === 'set-aside' ? words.putBack : words.takeOff)}
          </>
        )}
      </td>
    </tr>
  );
};

export const NegativeList = ({ mayDecide }: { mayDecide: boolean }): ReactNode => {
  const { data: items = [] } = useQuery(negativeListQuery);
  const add = (reason: string, form: FormData): Promise<unknown> => {
    const text = textIn(form);
    const until = text('until');
    const body = { digest: text('digest'), reason, ...(until === '' ? {} : { expiresAt: `${until}T00:00:00Z` }) };
    return callJson('/negative-list', NegativeDigest, { method: 'POST', body });
  };
  return (
    <Section
      title={words.title}
      n={items.length}
      more={
        mayDecide && (
          <WithReason words={words.add} reason={words.reason} send={add} touches={NEGATIVE_TOUCHES}>
            <Field
              name="digest"
              required
              pattern="[0-9a-fA-F]{32}([0-9a-fA-F]{8})?([0-9a-fA-F]{24})?"
              words={words.digest}
            />
            <Field name="until" type="date" words={words.until} />
          </WithReason>
        )
      }
    >
      {items.length === 0 ? (
        <p className="head muted">{words.empty}</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th>{words.digest}</th>
              <th>{words.state}</th>
              <th className="grow">{words.why}</th>
              <th>{words.by}</th>
              <th className="num">{t.lists.expires}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <Row key={item.id} item={item} mayDecide={mayDecide} />
            ))}
          </tbody>
        </table>
      )}
      {items.length > 0 && <p className="head muted">{words.means(count(items.length))}</p>}
    </Section>
  );
};

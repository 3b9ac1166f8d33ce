// Reports of phones and of providers that lie in an exhibit: the device, how much they name, and what of it is there; nothing where there are none.
import type { PhoneReport } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { phoneReportsQuery, reportPeopleQuery } from '../api/queries.js';
import { Copyable } from '../form/copyable.js';
import { t } from '../text/index.js';
import { CodeWords } from './code-words.js';
import { Facts } from './facts.js';
import { Section } from './section.js';

const words = t.phones;
/** Facts of the device come first; what is said of the case and the extraction is in the API. */
const SHOWN_FACTS = 16;
const SHOWN_PEOPLE = 50;

const said = (parts: readonly (string | false)[]): string => parts.filter((part) => part !== false).join(', ');

const Report = ({ report }: { report: PhoneReport }): ReactNode => {
  const { files, people } = report;
  const device = report.facts.filter(({ section }) => section === 'Device Info');
  const rest = report.facts.filter(({ section }) => section !== 'Device Info' && section !== 'Case');
  return (
    <div data-phone-report={report.format}>
      <p className="head">
        <strong>{report.format === 'cybertip' ? words.formats.cybertip : words.formats.ufdr}</strong>{' '}
        <span className="muted">{report.path}</span> {report.state === 'waiting' && words.unread.waiting}
        {report.state === 'failed' && words.unread.failed}
        {report.error !== null && (
          <>
            {' '}
            <CodeWords code={report.error.code} /> <span className="muted">{report.error.detail}</span>
          </>
        )}
      </p>
      <Facts
        rows={[
          [
            words.container,
            report.container === null ? null : (
              <>
                {report.container.path} <Copyable text={report.container.sha256} />
              </>
            ),
          ],
          [
            words.holds,
            said([
              words.chats(report.chats),
              words.contacts(people.contact),
              words.accounts(people.account),
              people.reported > 0 && words.reported(people.reported),
            ]),
          ],
          [
            words.files,
            said([
              words.own(files.own),
              files.shared > 0 && words.shared(files.shared),
              files.absent > 0 && words.absent(files.absent),
              files.deleted > 0 && words.deleted(files.deleted),
              files.differing > 0 && words.differing(files.differing),
            ]),
          ],
          [
            words.left,
            report.notes.length === 0 ? null : report.notes.map(({ code, detail }) => `${code}: ${detail}`).join('; '),
          ],
        ]}
      />
      <table className="table">
        <tbody>
          {[...device, ...rest].slice(0, SHOWN_FACTS).map(({ section, name, value }, at) => (
            <tr key={at}>
              <td className="muted">{section}</td>
              <td>{name}</td>
              <td className="grow wrap">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const People = ({ exhibitId }: { exhibitId: string }): ReactNode => {
  const { data } = useQuery(reportPeopleQuery(exhibitId, SHOWN_PEOPLE));
  if (data === undefined || data.items.length === 0) return null;
  return (
    <table className="table">
      <thead>
        <tr>
          <th>
            {words.people} ({data.total})
          </th>
          <th className="grow">{words.entries}</th>
        </tr>
      </thead>
      <tbody>
        {data.items.map(({ exportId, number, name, app, entries }) => (
          <tr key={`${exportId} ${number}`}>
            <td>
              {name ?? ''} <span className="muted">{app ?? ''}</span>
            </td>
            <td className="grow wrap">
              {entries
                .map(({ value, category, time }) =>
                  [value, category === null ? '' : `(${category})`, time?.text ?? '']
                    .filter((part) => part !== '')
                    .join(' '),
                )
                .join('; ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

export const PhoneReportsSection = ({ exhibitId }: { exhibitId: string }): ReactNode => {
  const { data } = useQuery(phoneReportsQuery(exhibitId));
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Section title={words.title} n={data.items.length} id="phone-reports">
      <p className="head muted">{words.note}</p>
      {data.items.map((report) => (
        <Report key={report.exportId} report={report} />
      ))}
      <People exhibitId={exhibitId} />
    </Section>
  );
};

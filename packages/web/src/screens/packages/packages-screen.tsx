// What goes to other agencies and comes from them as sealed packages: taken in, the keys that this rests on, and what was given.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Acknowledgement, type PackageReceipt } from '@redthread/core/contract';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { callJson } from '../../api/client.js';
import { packagesQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import { CASE_ROLES, useRoles } from '../../app/use-roles.js';
import { useChange } from '../../api/use-change.js';
import { Async } from '../../parts/async.js';
import { FileField } from '../../parts/field.js';
import { LedgerSection } from '../../parts/ledger-section.js';
import { NotFound } from '../../parts/not-found.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { saveFile } from '../../parts/save-file.js';
import { Section } from '../../parts/section.js';
import { count, instant } from '../../text/format.js';
import { t } from '../../text/index.js';
import { Uploads } from '../lists/uploads.js';
import { Keys } from './keys.js';
import styles from './packages.module.css';
import { sendPackage } from './send-package.js';

const words = t.exchange.packages;

const Receive = (): ReactNode => {
  const [file, setFile] = useState<File | null>(null);
  const send = useChange((one: File) => sendPackage(one), ['/list-uploads']);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    if (file !== null)
      send.mutate(file, {
        onSuccess: () => {
          form.reset();
          setFile(null);
        },
      });
  };
  return (
    <Section title={words.receive}>
      <form className={styles['form']} onSubmit={submit} aria-label={words.receive}>
        <p className="muted">{words.receiveMeans}</p>
        <FileField
          words={words.file}
          required
          onChange={({ currentTarget }) => setFile(currentTarget.files?.[0] ?? null)}
        />
        <button type="submit" className="button" disabled={file === null || send.isPending}>
          {words.send}
        </button>
        {send.error !== null && <ProblemNotice error={send.error} />}
      </form>
    </Section>
  );
};

const saveAcknowledgement = async (list: string): Promise<void> => {
  const said = await callJson(`/packages/${list}/acknowledgement`, Acknowledgement);
  saveFile(new File([`${JSON.stringify(said, null, 2)}\n`], `acknowledgement-${said.package}.json`));
};

const Receipts = ({ items }: { items: readonly PackageReceipt[] }): ReactNode => {
  const save = useChange(saveAcknowledgement, []);
  if (items.length === 0) return <p className="head muted">{words.none}</p>;
  return (
    <>
      <table className="table">
        <thead>
          <tr>
            <th>{words.when}</th>
            <th>{words.sender}</th>
            <th className="num">{words.media}</th>
            <th>{t.access.handling}</th>
            <th className="grow">{words.list}</th>
            <th>{words.by}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={one.list.id}>
              <td>{instant(one.at)}</td>
              <td>{one.sender}</td>
              <td className="num">{count(one.items)}</td>
              <td>{one.handling}</td>
              <td className="grow">
                <Link to="/review" search={{ list: one.list.id }} className="link">
                  {one.list.name}
                </Link>
              </td>
              <td>{one.by}</td>
              <td className="num">
                <button
                  type="button"
                  className="button plain"
                  title={words.acknowledgementMeans}
                  onClick={() => save.mutate(one.list.id)}
                >
                  {words.acknowledgement}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {save.error !== null && <ProblemNotice error={save.error} />}
    </>
  );
};

export const PackagesScreen = (): ReactNode => {
  const may = useRoles(CASE_ROLES);
  const query = useQuery({ ...packagesQuery, enabled: may });
  usePlace([{ words: words.title }]);
  if (!may) return <NotFound />;
  return (
    <div className="page">
      <Receive />
      <Uploads packages />
      <Section title={words.cameIn} n={query.data?.length}>
        <Async query={query}>{(items) => <Receipts items={items} />}</Async>
      </Section>
      <Keys />
      <LedgerSection />
    </div>
  );
};

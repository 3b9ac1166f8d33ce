// Care: how one is shown things, what one has been exposed to, the floor of the agency, and averages for a welfare officer.
import { CARE_LAXEST } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { agencyExposureQuery, careQuery, exposureQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import { LEADING_ROLES, useRoles } from '../../app/use-roles.js';
import { CareForm } from '../../care/care-form.js';
import styles from '../../care/care.module.css';
import { Async } from '../../parts/async.js';
import { Section } from '../../parts/section.js';
import { count, measure } from '../../text/format.js';
import { t } from '../../text/index.js';

const words = t.care;

const Ledger = (): ReactNode => {
  const query = useQuery({ ...exposureQuery, staleTime: 0 });
  return (
    <Section title={words.ledger} id="exposure">
      <p className={`muted ${styles['inset']}`}>{words.ledgerNote}</p>
      <Async query={query}>
        {({ days }) =>
          days.length === 0 ? (
            <p className={styles['inset']}>{words.nothingYet}</p>
          ) : (
            <table className="table">
              <thead>
                <tr>
                  <th>{words.day}</th>
                  <th className="num">{words.revealsHead}</th>
                  <th className="num">{words.media}</th>
                  <th className="num">{words.bad}</th>
                  <th className="num">{words.time}</th>
                  <th className="grow" />
                </tr>
              </thead>
              <tbody>
                {days.map((day) => (
                  <tr key={day.day} data-day={day.day}>
                    <td>{day.day}</td>
                    <td className="num">{count(day.reveals)}</td>
                    <td className="num">{count(day.media)}</td>
                    <td className="num">{count(day.knownBad)}</td>
                    <td className="num">{words.minutes(day.minutes)}</td>
                    <td className="grow" />
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Async>
    </Section>
  );
};

const OfAgency = (): ReactNode => {
  const query = useQuery(agencyExposureQuery);
  return (
    <Section title={words.agency}>
      <p className={`muted ${styles['inset']}`}>{words.agencyNote}</p>
      <Async query={query}>
        {({ weeks }) =>
          weeks.length === 0 ? (
            <p className={styles['inset']}>{words.tooFew}</p>
          ) : (
            <table className="table">
              <thead>
                <tr>
                  <th>{words.week}</th>
                  <th className="num">{words.people}</th>
                  <th className="num">{words.revealsEach}</th>
                  <th className="num">{words.minutesEach}</th>
                  <th className="grow" />
                </tr>
              </thead>
              <tbody>
                {weeks.map((week) => (
                  <tr key={week.week}>
                    <td>{week.week}</td>
                    <td className="num">{count(week.people)}</td>
                    <td className="num">{measure(Math.round(week.revealsEach * 10) / 10)}</td>
                    <td className="num">{measure(Math.round(week.minutesEach * 10) / 10)}</td>
                    <td className="grow" />
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Async>
    </Section>
  );
};

export const CareScreen = (): ReactNode => {
  const care = useQuery(careQuery);
  const isWelfare = useRoles(['welfare-officer']);
  const setsFloor = useRoles([...LEADING_ROLES, 'welfare-officer']);
  usePlace([{ words: words.title }]);
  return (
    <div className="page">
      <p className="muted head">{words.intro}</p>
      <Async query={care}>
        {({ own, floor, floorSetBy }) => (
          <>
            <Section title={words.settings}>
              <CareForm path="/me/care" now={own} floor={floor} submit={words.save} />
            </Section>
            <Ledger />
            {setsFloor && (
              <Section title={words.floor}>
                <p className={`muted ${styles['inset']}`}>
                  {floorSetBy === null ? words.noFloor : words.floorBy(floorSetBy)}
                </p>
                <CareForm path="/care-floor" now={floor ?? CARE_LAXEST} floor={null} submit={words.saveFloor} />
              </Section>
            )}
          </>
        )}
      </Async>
      {isWelfare && <OfAgency />}
    </div>
  );
};

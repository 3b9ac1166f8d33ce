// The test before a vote: drawn rooms, one after the other, answered by the codes of the scheme.
import { CANNOT_SAY, CompetenceTest } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { callJson } from '../../api/client.js';
import { competenceTestsQuery, meQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { DrawnPicture } from '../../media/safe-media.js';
import { Async } from '../../parts/async.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import styles from '../../parts/verdicts.module.css';
import { instant } from '../../text/format.js';
import { language, t } from '../../text/index.js';

const words = t.verdicts;
const TOUCHES = ['/competence-tests'];

const outcome = ({ passed, right, questions, expiresAt }: CompetenceTest): string =>
  passed === null
    ? words.open
    : passed
      ? words.passed(expiresAt?.slice(0, 10) ?? '')
      : words.failed(right ?? 0, questions);

const Running = ({ test, onEnd }: { test: CompetenceTest; onEnd: () => void }): ReactNode => {
  const [answers, setAnswers] = useState<readonly string[]>([]);
  const send = useChange(
    (given: readonly string[]) =>
      callJson(`/competence-tests/${test.id}/answers`, CompetenceTest, { method: 'POST', body: { answers: given } }),
    TOUCHES,
  );
  const answer = (code: string): void => {
    const given = [...answers, code];
    setAnswers(given);
    if (given.length === test.questions) send.mutate(given, { onSuccess: onEnd });
  };
  const at = Math.min(answers.length + 1, test.questions);
  return (
    <div className={styles['test']}>
      <div>
        <p>{words.pictureOf(at, test.questions)}</p>
        <span className={styles['drawn']}>
          <DrawnPicture path={`/competence-tests/${test.id}/pictures/${at}`} alt={words.drawn} />
        </span>
        {send.error !== null && <ProblemNotice error={send.error} />}
      </div>
      <div>
        <p className="muted">{words.testRule}</p>
        <table className="table">
          <thead>
            <tr>
              <th>{words.sign}</th>
              <th className="grow">{words.standsFor}</th>
            </tr>
          </thead>
          <tbody>
            {test.standIns.map(({ sign, code, title }) => (
              <tr key={code}>
                <td>{sign[language]}</td>
                <td className="grow">
                  <button type="button" className="button" disabled={send.isPending} onClick={() => answer(code)}>
                    <span className="mono">{code}</span> {title[language]}
                  </button>
                </td>
              </tr>
            ))}
            <tr>
              <td />
              <td className="grow">
                <button type="button" className="button" disabled={send.isPending} onClick={() => answer(CANNOT_SAY)}>
                  {words.cannotSay}
                </button>
              </td>
            </tr>
          </tbody>
        </table>
      </div>
    </div>
  );
};

export const CompetenceTests = ({ scheme }: { scheme: string }): ReactNode => {
  const query = useQuery(competenceTestsQuery);
  const me = useQuery(meQuery).data;
  const [running, setRunning] = useState<CompetenceTest | null>(null);
  const begin = useChange(
    (name: string) => callJson('/competence-tests', CompetenceTest, { method: 'POST', body: { scheme: name } }),
    TOUCHES,
  );
  return (
    <Section title={words.tests} n={query.data?.length} id="test">
      <div className={styles['box']}>
        <p className="muted">{words.testWhy}</p>
        {begin.error !== null && <ProblemNotice error={begin.error} />}
      </div>
      <Async query={query}>
        {(tests) => {
          const holds = tests.some(
            (test) =>
              test.by === me?.login &&
              test.scheme === scheme &&
              test.expiresAt !== null &&
              Date.parse(test.expiresAt) > Date.now(),
          );
          return (
            <>
              {running !== null ? (
                <Running key={running.id} test={running} onEnd={() => setRunning(null)} />
              ) : (
                <div className={styles['box']}>
                  {!holds && <p>{words.noTest}</p>}
                  <span>
                    <button
                      type="button"
                      className="button"
                      disabled={begin.isPending}
                      onClick={() => begin.mutate(scheme, { onSuccess: setRunning })}
                    >
                      {words.begin(scheme)}
                    </button>
                  </span>
                </div>
              )}
              {tests.length > 0 && (
                <table className="table">
                  <tbody>
                    {tests.map((test) => (
                      <tr key={test.id} data-test={test.passed === true ? 'passed' : 'other'}>
                        <td className="num muted">{instant(test.begunAt)}</td>
                        <td>{test.by}</td>
                        <td className="mono">{test.scheme}</td>
                        <td className="grow">{outcome(test)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              )}
            </>
          );
        }}
      </Async>
    </Section>
  );
};

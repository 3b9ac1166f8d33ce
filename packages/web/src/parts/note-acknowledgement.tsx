// Takes the signed file with which a receiver says that a package came in, and notes it in the ledger.
import { Acknowledgement, Contribution } from '@redthread/core/contract';
import type { ReactNode } from 'react';
import { callJson } from '../api/client.js';
import { localProblem } from '../api/problem.js';
import { useChange } from '../api/use-change.js';
import { t } from '../text/index.js';
import { FileField } from './field.js';
import { ProblemNotice } from './problem-notice.js';

const words = t.exchange.packages;
const NOT_ONE = 'PACKAGE_ACKNOWLEDGEMENT_INVALID';

const readIn = async (file: File): Promise<Acknowledgement> => {
  try {
    return Acknowledgement.parse(JSON.parse(await file.text()));
  } catch {
    throw localProblem(NOT_ONE, t.errors[NOT_ONE], words.notOne);
  }
};

export const NoteAcknowledgement = (): ReactNode => {
  const note = useChange(
    async (file: File) =>
      callJson('/package-acknowledgements', Contribution, { method: 'POST', body: await readIn(file) }),
    ['/contributions', '/audit'],
  );
  return (
    <div className="head">
      <FileField
        words={words.acknowledge}
        title={words.acknowledgeMeans}
        accept=".json"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file !== undefined) note.mutate(file);
          currentTarget.value = '';
        }}
      />
      {note.isSuccess && <span role="status">{words.isNoted}</span>}
      {note.error !== null && <ProblemNotice error={note.error} />}
    </div>
  );
};

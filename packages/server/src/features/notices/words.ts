// A notice as a line of text, for the terminal.
import type { Notice } from '@redthread/core/contract';

type Detail = Readonly<Record<string, string>>;

const WORDS: Readonly<Record<Notice['kind'], (detail: Detail) => string>> = {
  invitation: ({ agency, officer, operation, reference }) =>
    `${officer} of ${agency} invites your agency to the operation ${operation}: redthread operation accept ${reference}`,
  'invitation-answered': ({ agency, answer, operation }) =>
    `${agency} ${answer === 'accepted' ? 'has joined' : 'declined to join'} the operation ${operation}`,
};

export const noticeInWords = ({ kind, detail }: Notice): string => WORDS[kind](detail as Detail);

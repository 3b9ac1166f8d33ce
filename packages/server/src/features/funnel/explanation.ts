// What each step of the funnel means, in the words that a person reads beside its number.
import type { FunnelStep } from '@redthread/core/contract';

export const STEP_EXPLANATIONS: Readonly<Record<FunnelStep, string>> = {
  seized: 'Every file at every path of the exhibits in this scope, files inside archives included.',
  unreadable:
    'Files of which no content could be stored: damaged, encrypted, missing or not a regular file. What was stored and could not be decoded is not compared, and counted there.',
  duplicate: 'Further files with the same bytes (SHA-256) as a file already counted here.',
  unique: 'Different contents, by SHA-256: what remains when each content is counted once.',
  known:
    'On a list that you may see and that has not expired, or the same bytes lie in an exhibit outside this scope that was registered earlier.',
  'same-content':
    'The same picture as something known or seen earlier, or as a better copy in this scope: re-encoded, resized or lightly edited.',
  'not-compared':
    'Compared by digests only: not a picture, not decoded (yet), or without enough features to compare by sight.',
  new: 'Seen nowhere before, as far as you may see: one of each picture, in its best copy.',
  partial:
    'Of the new contents, those of which a part, or which as a part, was known or seen earlier: a crop, a collage, a screenshot. They are in new as well.',
  reviewed:
    'Of the unique contents, those that somebody has voted on who looked at them or at another of their stack. It lies across the steps above.',
  contributed:
    'Of the unique contents, those that your agency gave to somebody, as far as you see its ledger, and did not take back. It lies across the steps above.',
  identified:
    'Of the unique contents, those that belong to a series that stands as identified, as far as you see, or of which its owner released that. It lies across the steps above.',
};

// Events about lists, what is never a hit of them, and searches that are kept.
import { kind } from './event-kind.js';

export const LIST_EVENTS = {
  'list-import': kind<{ name: string; version: string; polarity: string; entries: number; sha256: string }>(
    'Imported a list',
    'work',
    { name: 'text', version: 'text', polarity: 'plain', sha256: 'plain' },
  ),
  'list-withdraw': kind<{ name: string; version: string; reason: string }>('Withdrew a list', 'work', {
    name: 'text',
    version: 'text',
    reason: 'text',
  }),
  'list-expire': kind<{ name: string; version: string; on: string }>('Said until when a list counts', 'work', {
    name: 'text',
    version: 'text',
    on: 'plain',
  }),
  'list-mended': kind<{ name: string; version: string; hits: number }>(
    'Took a list that was damaged into use again',
    'work',
    {
      name: 'text',
      version: 'text',
    },
  ),
  'list-export': kind<{ name: string; version: string; format: string; entries: number }>('Gave a list out', 'work', {
    name: 'text',
    version: 'text',
    format: 'plain',
  }),
  'list-diff': kind<{ name: string; from: string; to: string }>('Told two versions of a list apart', 'work', {
    name: 'text',
    from: 'text',
    to: 'text',
  }),
  'negative-add': kind<{ kind: string; digest: string; reason: string; expires: string | null }>(
    'Put a digest on the negative list',
    'work',
    { kind: 'plain', digest: 'plain', reason: 'text', expires: 'plain' },
  ),
  'negative-end': kind<{ kind: string; digest: string; reason: string }>(
    'Took a digest off the negative list',
    'work',
    {
      kind: 'plain',
      digest: 'plain',
      reason: 'text',
    },
  ),
  'standing-keep': kind<{ name: string; by: string; expires: string }>('Kept a search', 'work', {
    name: 'text',
    by: 'plain',
    expires: 'plain',
  }),
  'standing-look': kind<{ name: string; by: string; media: number; lists: number; results: number; added: number }>(
    'Looked through what is seen by a kept search',
    'content',
    { name: 'text', by: 'plain' },
  ),
  'standing-end': kind<{ name: string; reason: string }>('Ended a kept search', 'work', {
    name: 'text',
    reason: 'text',
  }),
};

import { describe, expect, it } from 'vitest';
import { judge } from './earlier-entry.js';

const seen = (more: Partial<Parameters<typeof judge>[0]>) => ({
  stateKey: '7 then',
  state: 'stored' as const,
  ...more,
});

describe('an entry of an earlier run', () => {
  it('is read when it is new, or could not be read before', () => {
    expect(judge(undefined, '7 then')).toBe('new');
    expect(judge(seen({ state: 'unreadable' }), '7 then')).toBe('new');
    expect(judge(seen({ state: 'missing' }), '7 then')).toBe('new');
  });
  it('is left alone when nothing says that it changed', () => {
    expect(judge(seen({}), '7 then')).toBe('seen');
    expect(judge(seen({ stateKey: null }), '8 now')).toBe('seen');
    expect(judge(seen({}), null)).toBe('seen');
  });
  it('has changed when size or time differ', () => expect(judge(seen({}), '7 now')).toBe('changed'));
});

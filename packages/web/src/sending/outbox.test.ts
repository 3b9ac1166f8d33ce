import { describe, expect, it, vi } from 'vitest';
import { createOutbox, type Act } from './outbox.js';

class Memory {
  readonly #kept = new Map<string, string>();
  get length() {
    return this.#kept.size;
  }
  key = (i: number) => [...this.#kept.keys()][i] ?? null;
  getItem = (key: string) => this.#kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.#kept.set(key, value);
  removeItem = (key: string) => void this.#kept.delete(key);
}

class Away extends Error {}
const act = (id: string): Act => ({ id, path: `/media/${id}/verdicts`, body: { decision: id } });
const isPassing = (error: unknown) => error instanceof Away;

const open = (storage: Memory, send: (act: Act) => Promise<unknown>, owner = 'vera') =>
  createOutbox({ storage, owner, send, isPassing, retryMs: 1 });

describe('outbox', () => {
  it('sends in the order in which they were made, one at a time, and forgets what was answered', async () => {
    const storage = new Memory();
    const sent: string[] = [];
    let running = 0;
    const outbox = open(storage, async ({ id }) => {
      running += 1;
      expect(running).toBe(1);
      await Promise.resolve();
      sent.push(id);
      running -= 1;
      return id;
    });
    expect(await Promise.all(['a', 'b', 'c'].map((id) => outbox.post(act(id))))).toEqual(['a', 'b', 'c']);
    expect(sent).toEqual(['a', 'b', 'c']);
    expect(storage.length).toBe(0);
  });

  it('keeps what met no server, tells so, and sends it once it is there', async () => {
    const storage = new Memory();
    let away = true;
    const sent: string[] = [];
    const outbox = open(storage, ({ id }) => {
      if (away) return Promise.reject(new Away());
      sent.push(id);
      return Promise.resolve(id);
    });
    const answers = ['a', 'b'].map((id) => outbox.post(act(id)));
    await vi.waitFor(() => expect(outbox.state()).toMatchObject({ waiting: 2, isStuck: true }));
    expect(storage.length).toBe(2);
    away = false;
    await Promise.all(answers);
    expect(sent).toEqual(['a', 'b']);
    expect(outbox.state()).toMatchObject({ waiting: 0, isStuck: false });
  });

  it('goes on with what an earlier page left, of the same person alone', async () => {
    const storage = new Memory();
    const first = open(storage, () => Promise.reject(new Away()));
    void first.post(act('a'));
    await vi.waitFor(() => expect(first.state().isStuck).toBe(true));
    first.close();
    const send = vi.fn((one: Act) => Promise.resolve(one.id));
    open(storage, send, 'joost');
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(send).not.toHaveBeenCalled();
    open(storage, send);
    await vi.waitFor(() => expect(storage.length).toBe(0));
    expect(send).toHaveBeenCalledExactlyOnceWith(act('a'));
  });

  it('tells of a refusal whoever waits for it, or keeps it for whoever comes, and goes on', async () => {
    const storage = new Memory();
    storage.setItem('redthread-unsent:vera:0', JSON.stringify(act('old')));
    const outbox = open(storage, ({ id }) => (id === 'c' ? Promise.resolve(id) : Promise.reject(new Error(id))));
    await expect(outbox.post(act('b'))).rejects.toThrow('b');
    expect(await outbox.post(act('c'))).toBe('c');
    expect(outbox.state().refused).toEqual([new Error('old')]);
    expect(storage.length).toBe(0);
  });

  it('takes back what was not sent, and not what is on its way', async () => {
    const storage = new Memory();
    let answer: (() => void) | undefined;
    const outbox = open(storage, ({ id }) => new Promise((resolve) => (answer = () => resolve(id))));
    const first = outbox.post(act('a'));
    void outbox.post(act('b'));
    expect(outbox.drop('a')).toBe(false);
    expect(outbox.drop('b')).toBe(true);
    answer?.();
    await first;
    expect(outbox.state().waiting).toBe(0);
  });
});

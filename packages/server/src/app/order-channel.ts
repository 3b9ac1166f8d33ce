// Orders of a server to a child of its own, over the channel that both hold. The child may end and come back at any time:
// what was under way then fails, and whoever ordered it orders it again.
import type { ChildProcess } from 'node:child_process';
import { fail, isRedthreadError, type ErrorCode } from '@redthread/core/errors';

export interface OrderDoor<Order, Reply> {
  /** Takes a child that was started; the one before is gone. */
  attach(child: ChildProcess): void;
  /** Errors: what the order fails with; the code of the door when nobody is there to carry it out. */
  ask(order: Order): Promise<Reply>;
}

interface Request<Order> {
  readonly id: number;
  readonly order: Order;
}

interface Failure {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly pointer?: string | undefined;
}

type Answer<Reply> = { readonly id: number } & (
  { readonly ok: true; readonly value: Reply } | ({ readonly ok: false } & Failure)
);

interface Waiting<Reply> {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

const STARTS_WITHIN_MS = 15_000;

/** The end of the server; `unavailable` is the code of orders that nobody is there for. */
export const createOrderDoor = <Order, Reply>(unavailable: ErrorCode): OrderDoor<Order, Reply> => {
  let ready: ChildProcess | null = null;
  let whenReady: (() => void)[] = [];
  let nextId = 1;
  const waitingOf = new WeakMap<ChildProcess, Map<number, Waiting<Reply>>>();

  const untilReady = async (): Promise<ChildProcess> => {
    if (ready === null) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        whenReady.push(resolve);
        timer = setTimeout(resolve, STARTS_WITHIN_MS);
      });
      clearTimeout(timer);
    }
    if (ready === null) throw fail(unavailable, 'it did not start');
    return ready;
  };

  return {
    attach: (child) => {
      const waiting = new Map<number, Waiting<Reply>>();
      waitingOf.set(child, waiting);
      child.on('message', (message: Answer<Reply> | { readonly ready: true }) => {
        if ('ready' in message) {
          ready = child;
          for (const tell of whenReady) tell();
          whenReady = [];
          return;
        }
        const asked = waiting.get(message.id);
        waiting.delete(message.id);
        if (message.ok) asked?.resolve(message.value);
        else
          asked?.reject(
            fail(message.code, message.detail, message.pointer === undefined ? {} : { pointer: message.pointer }),
          );
      });
      const gone = (): void => {
        if (ready === child) ready = null;
        for (const { reject } of waiting.values()) reject(fail(unavailable, 'it ended meanwhile'));
        waiting.clear();
      };
      child.once('disconnect', gone);
      child.once('close', gone);
    },
    ask: async (order) => {
      const child = await untilReady();
      const id = nextId++;
      return new Promise<Reply>((resolve, reject) => {
        waitingOf.get(child)?.set(id, { resolve, reject });
        const request: Request<Order> = { id, order };
        child.send(request, (error) => {
          if (error === null) return;
          waitingOf.get(child)?.delete(id);
          reject(fail(unavailable, error.message));
        });
      });
    },
  };
};

export interface OrderedChild {
  /** Resolves when what was ordered so far is carried out. */
  idle(): Promise<void>;
}

/** The end of the child: carries out every order as it comes, several at a time, and says that it is ready. */
export const takeOrders = <Order, Reply>(carryOut: (order: Order) => Promise<Reply>): OrderedChild => {
  const underWay = new Set<Promise<void>>();
  process.on('message', (request: Request<Order>) => {
    const work = answerOf(carryOut, request)
      .then((answer) => void process.send?.(answer))
      .finally(() => underWay.delete(work));
    underWay.add(work);
  });
  process.send?.({ ready: true });
  return { idle: async () => void (await Promise.allSettled(underWay)) };
};

/** Also where the order is refused before there is anything to wait for: that is thrown, and would end the child. */
export const answerOf = async <Order, Reply>(
  carryOut: (order: Order) => Promise<Reply>,
  { id, order }: Request<Order>,
): Promise<Answer<Reply>> => {
  try {
    return { id, ok: true, value: await carryOut(order) };
  } catch (error) {
    return { id, ok: false, ...described(error) };
  }
};

const described = (error: unknown): Failure => {
  if (isRedthreadError(error)) return { code: error.code, detail: error.detail, pointer: error.pointer };
  process.stderr.write(`note: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return { code: 'INTERNAL', detail: 'see the log of the server' };
};

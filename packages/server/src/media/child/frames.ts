// Frames between a process and its child: two 32-bit lengths, a JSON header, a binary payload. Neither side copies the payload twice.
import { read, writeSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { ANSWER_DESCRIPTOR } from './confined.js';

const PREFIX_BYTES = 8;

export interface Frame {
  readonly header: unknown;
  readonly payload: Buffer;
}

const prefixed = (header: unknown, payloadBytes: number): Buffer => {
  const json = Buffer.from(JSON.stringify(header), 'utf8');
  const head = Buffer.allocUnsafe(PREFIX_BYTES + json.length);
  head.writeUInt32BE(json.length, 0);
  head.writeUInt32BE(payloadBytes, 4);
  json.copy(head, PREFIX_BYTES);
  return head;
};

/** Queues one frame on a stream; the payload is handed to the kernel as it lies, so it must not change until it is answered. */
export const sendFrame = (stream: Writable, header: unknown, payload: Buffer): void => {
  stream.cork();
  stream.write(prefixed(header, payload.length));
  if (payload.length > 0) stream.write(payload);
  process.nextTick(() => stream.uncork());
};

/** What a receiver accepts: a child may have been taken over by a hostile file, so its lengths are not believed. */
export interface FrameLimits {
  readonly headerBytes: number;
  readonly payloadBytes: number;
}

/** Calls `onFrame` for each whole frame of a stream, and `onBroken` once when its lengths or header make no sense. */
export const receiveFrames = (
  stream: Readable,
  limits: FrameLimits,
  onFrame: (frame: Frame) => void,
  onBroken: () => void,
): void => {
  const prefix = Buffer.alloc(PREFIX_BYTES);
  let prefixFill = 0;
  let body: Buffer | null = null;
  let bodyFill = 0;
  let headerBytes = 0;

  const take = (chunk: Buffer): void => {
    let at = 0;
    while (at < chunk.length || (body !== null && bodyFill === body.length)) {
      if (body === null) {
        const part = Math.min(PREFIX_BYTES - prefixFill, chunk.length - at);
        chunk.copy(prefix, prefixFill, at, at + part);
        prefixFill += part;
        at += part;
        if (prefixFill < PREFIX_BYTES) return;
        headerBytes = prefix.readUInt32BE(0);
        const payloadBytes = prefix.readUInt32BE(4);
        if (headerBytes > limits.headerBytes || payloadBytes > limits.payloadBytes)
          throw new RangeError('frame length');
        body = Buffer.allocUnsafe(headerBytes + payloadBytes);
        bodyFill = 0;
      }
      const part = Math.min(body.length - bodyFill, chunk.length - at);
      chunk.copy(body, bodyFill, at, at + part);
      bodyFill += part;
      at += part;
      if (bodyFill < body.length) return;
      const whole = body;
      body = null;
      prefixFill = 0;
      onFrame({ header: JSON.parse(whole.toString('utf8', 0, headerBytes)), payload: whole.subarray(headerBytes) });
    }
  };

  const onData = (chunk: Buffer): void => {
    try {
      take(chunk);
    } catch {
      stream.off('data', onData);
      stream.resume();
      onBroken();
    }
  };
  stream.on('data', onData);
};

/** Child side: reads exactly `target.length` bytes of a descriptor; false at its end. Waits in the thread pool, not in the event loop. */
const readFully = async (descriptor: number, target: Buffer): Promise<boolean> => {
  for (let fill = 0; fill < target.length;) {
    const count = await new Promise<number>((resolve, reject) =>
      read(descriptor, target, fill, target.length - fill, null, (error, bytes) =>
        error ? reject(error) : resolve(bytes),
      ),
    );
    if (count === 0) return false;
    fill += count;
  }
  return true;
};

const KEPT_BUFFER_BYTES = 64 * 2 ** 20;

/**
 * Child side: yields the frames of its standard input and ends when the parent is gone. The payload lies in one buffer that is used again, so
 * it stays valid until the parent sends another frame: a parent that waits for the answer may leave a read of the next frame open.
 */
export const readFrames = (descriptor = 0): { next(): Promise<Frame | null> } => {
  const prefix = Buffer.alloc(PREFIX_BYTES);
  let kept = Buffer.alloc(0);
  return {
    next: async () => {
      if (!(await readFully(descriptor, prefix))) return null;
      const header = Buffer.allocUnsafe(prefix.readUInt32BE(0));
      const payloadBytes = prefix.readUInt32BE(4);
      if (payloadBytes > kept.length) kept = Buffer.allocUnsafeSlow(payloadBytes);
      const payload = kept.subarray(0, payloadBytes);
      if (kept.length > KEPT_BUFFER_BYTES) kept = Buffer.alloc(0);
      if (!(await readFully(descriptor, header)) || !(await readFully(descriptor, payload))) return null;
      return { header: JSON.parse(header.toString('utf8')), payload };
    },
  };
};

/** Child side: writes one frame and waits until the kernel has taken it. */
export const writeFrame = (header: unknown, payloads: readonly Buffer[], descriptor = ANSWER_DESCRIPTOR): void => {
  const total = payloads.reduce((sum, { length }) => sum + length, 0);
  for (const part of [prefixed(header, total), ...payloads])
    for (let written = 0; written < part.length;) written += writeSync(descriptor, part, written);
};

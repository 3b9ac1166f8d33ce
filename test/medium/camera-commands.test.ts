// redthread camera compare as a program and a person read it: drawn sensors, and what cannot be said.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CameraLine } from '@redthread/core/contract';
import { drawSensor, expose, type Sensor } from '../../packages/synth/src/index.js';
import { compareWithSensor, weighed } from '@redthread/core/kernels';
import { isRefused, readPicture } from '../../packages/server/src/features/camera/read-pictures.js';
import { readReferences } from '../../packages/server/src/features/camera/references.js';
import { runCameraCompare } from '../../packages/server/src/features/camera/run.js';
import { createNoiseReader } from '../../packages/server/src/media/index.js';
import { recordingIo, type Said } from './command-line.js';

const [width, height] = [480, 360];
let folder: string;
const at = (...parts: string[]): string => join(folder, ...parts);

/** A scene of slow waves, another for each moment. */
const scene = (moment: number): Buffer => {
  const pixels = Buffer.alloc(3 * width * height);
  for (let i = 0; i < width * height; i++) {
    const [u, v] = [(i % width) / width, Math.floor(i / width) / height];
    const turn = moment * 1.7;
    const light =
      120 + 50 * Math.sin(7 * u * Math.cos(turn) + 6 * v * Math.sin(turn) + turn) + 25 * Math.cos(11 * v - turn * u);
    for (let colour = 0; colour < 3; colour++) pixels[3 * i + colour] = light + 8 * colour;
  }
  return pixels;
};
const taken = (sensor: Sensor, moment: number) => {
  const { pixels } = expose({ width, height, pixels: scene(moment) }, sensor, moment);
  return sharp(pixels, { raw: { width, height, channels: 3 } });
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'redthread-camera-'));
  for (const name of ['reference', 'asked']) mkdirSync(at(name));
  const own = drawSensor({ seed: 'own', model: 'm', width, height });
  const other = drawSensor({ seed: 'other', model: 'm', width, height });
  for (let moment = 1; moment <= 5; moment++)
    await taken(own, moment)
      .png()
      .toFile(at('reference', `${moment}.png`));
  await taken(own, 20).png().toFile(at('asked', 'own.png'));
  await taken(other, 21).png().toFile(at('asked', 'other.png'));
  const white = { width, height, channels: 3, background: 'white' } as const;
  await sharp({ create: white }).png().toFile(at('asked', 'white.png'));
  await taken(own, 22).resize(100, 75).png().toFile(at('asked', 'tiny.png'));
  await taken(own, 23).resize(700, 100, { fit: 'fill' }).png().toFile(at('asked', 'wide.png'));
  writeFileSync(at('asked', 'notes.txt'), 'lot 7: three stamps');
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = async (files: readonly string[], options: { pool?: boolean; json?: boolean; reference?: string } = {}) => {
  const said: Said = { out: [], notes: [] };
  const json: CameraLine[] = [];
  const io = recordingIo(said, (value) => json.push(CameraLine.parse(value)));
  const code = await runCameraCompare(io, files, { reference: at('reference'), ...options });
  return { code, text: said.out.join('\n'), json, notes: said.notes.join('\n') };
};

describe('redthread camera compare', () => {
  it('supports the sensor of the references, and no other of its model; says of the rest why nothing can be said', async () => {
    const { code, json } = await run([at('asked')], { json: true });
    const by = Object.fromEntries(json.map((line) => [line.file.slice(at('asked').length + 1), line]));
    expect(code).toBe(0);
    expect(by['own.png']).toMatchObject({ aligned: true, references: 5, note: null });
    expect(by['own.png']?.falseAlarm).toBeLessThan(1e-6);
    expect(by['other.png']?.falseAlarm).toBeGreaterThan(1e-3);
    for (const [file, code] of [
      ['white.png', 'NOISE_UNUSABLE'],
      ['tiny.png', 'NOISE_TOO_SMALL'],
      ['wide.png', 'NOISE_TOO_SMALL'],
      ['notes.txt', 'IMAGE_UNSUPPORTED'],
    ] as const)
      expect(by[file]).toMatchObject({ pce: null, falseAlarm: null, note: { code } });
  });

  it('leaves out a reference that shows the same, and says so where none is left', async () => {
    const { json } = await run([at('reference', '1.png')], { json: true });
    expect(json[0]).toMatchObject({ references: 4, note: null });
    expect(json[0]?.falseAlarm).toBeLessThan(1e-6);
    const alone = await run([at('reference', '1.png')], { json: true, reference: at('reference', '1.png') });
    expect(alone.json[0]).toMatchObject({ pce: null, note: { code: 'NOISE_SHARED_SCENE' } });
  });

  it('averages pictures that are believed to come from one device', async () => {
    const { json } = await run([at('asked', 'own.png'), at('asked', 'tiny.png')], { json: true, pool: true });
    expect(json).toHaveLength(1);
    expect(json[0]).toMatchObject({ pooled: 1 });
  });

  it('tells a person what it supports, and never that it identifies', async () => {
    const { text, code, notes } = await run([at('asked', 'own.png'), at('asked', 'gone.jpg')]);
    expect(text).toMatch(
      /supports .*own\.png\n.*PCE .* by chance (?:less than )?1 in .*\n.*same model was not excluded/,
    );
    expect(text).not.toMatch(/identif/);
    expect(code).toBe(3);
    expect(notes).toContain('FILE_UNREADABLE');
  });

  it('has the fingerprint of the size that most have, also where there was no room for it beside others', async () => {
    await sharp({ create: { width: 300, height: 200, channels: 3, background: '#777' } })
      .png()
      .toFile(at('first.png'));
    const reader = createNoiseReader();
    try {
      const files = [at('first.png'), ...[1, 2, 3].map((moment) => at('reference', `${moment}.png`))];
      const references = await readReferences(reader, files, () => undefined, width * height);
      expect(references).toMatchObject({ width, height, refused: [{ note: { code: 'NOISE_OTHER_SIZE' } }] });
      const asked = await readPicture(reader, at('asked', 'own.png'));
      if (isRefused(asked)) throw new Error(asked.note.detail);
      const fitting = await references.for(asked);
      expect(fitting?.count).toBe(3);
      const compared = compareWithSensor(weighed(asked.residual, asked.luma), fitting!.sensor);
      expect(compared?.falseAlarm).toBeLessThan(1e-4);
    } finally {
      await reader.close();
    }
  });

  it('needs references', async () => {
    await expect(run([at('asked')], { reference: at('asked', 'white.png') })).rejects.toMatchObject({
      code: 'CAMERA_NO_REFERENCE',
    });
  });
});

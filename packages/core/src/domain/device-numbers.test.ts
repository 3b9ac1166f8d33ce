import { describe, expect, it } from 'vitest';
import { deviceInWords, deviceNumberBits, deviceNumbers, type DeviceTraits } from './device-numbers.js';

const camera = (more: Partial<DeviceTraits>): DeviceTraits => ({
  make: 'Norvik',
  model: 'N40',
  serial: '20813377',
  lens: null,
  lensSerial: null,
  ...more,
});

describe('numbers of a device', () => {
  it('are alike however they are written', () => {
    const [one] = deviceNumbers(camera({}));
    expect(deviceNumbers(camera({ make: ' NORVIK', model: 'n40 ', serial: '２０８１３３７７' }))).toEqual([one]);
    expect(deviceInWords(one ?? '')).toBe('camera NORVIK N40, number 20813377');
  });

  it('belong to a make and a model: two makers give the same number to different cameras', () => {
    const [one] = deviceNumbers(camera({}));
    expect(deviceNumbers(camera({ make: 'Ostrea' }))).not.toContain(one);
    expect(deviceNumbers(camera({ model: 'N52' }))).not.toContain(one);
    expect(deviceNumbers(camera({ make: null, model: null }))).toEqual([]);
  });

  it('are those of body and lens', () => {
    const both = deviceNumbers(camera({ lens: 'N 35mm', lensSerial: 'A7-104425' }));
    expect(both).toHaveLength(2);
    expect(deviceInWords(both[1] ?? '')).toBe('lens NORVIK N 35MM, number A7-104425');
  });

  it.each(['0000000', '1234567', '123456', 'none', 'UNKNOWN', '', '  ', '42', 'xxxxxx', '987654'])(
    'are not what stands in their place: %j',
    (serial) => expect(deviceNumbers(camera({ serial }))).toEqual([]),
  );

  it('weigh what their signs can tell apart, and no more than one in a million', () => {
    const bits = (serial: string): number => deviceNumberBits(deviceNumbers(camera({ serial }))[0] ?? '');
    expect(bits('20813')).toBe(16.6);
    expect(bits('20813377')).toBe(20);
    expect(bits('A10-B2')).toBe(20);
  });
});

import { describe, expect, it } from 'vitest';
import { phoneCountry } from './phone-country.js';

describe('phoneCountry', () => {
  it.each([
    ['+49 30 23125 000', 'DE', '+49'],
    ['+1 (202) 555-0100', 'US', '+1'],
    ['+1 613-555-0100', 'CA', '+1'],
    ['+1 876 555 0100', 'JM', '+1876'],
    ['+1 800 555 0100', null, '+1'],
    ['+7 495 000 00 00', 'RU', '+7'],
    ['+7 701 000 00 00', 'KZ', '+7'],
    ['+44 7700 900000', 'GB', '+44'],
    ['+44 1534 000000', 'JE', '+44'],
    ['+39 06 698 00000', 'VA', '+39'],
    ['+383 44 000 000', 'XK', '+383'],
    ['\u202a+971\u00a050 000 0000\u202c', 'AE', '+971'],
    ['+870 000 000 000', null, '+870'],
    ['+999 000 201', null, '+999'],
  ])('%s', (phone, country, prefix) => expect(phoneCountry(phone)).toEqual({ country, prefix }));

  it('says nothing of what has no prefix, or one that nobody has', () => {
    for (const phone of ['Ada', '030 23125', '+', '+210 000', '']) expect(phoneCountry(phone)).toBeNull();
  });
});

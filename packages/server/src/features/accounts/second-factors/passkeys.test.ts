import { describe, expect, it } from 'vitest';
import { relyingOn } from './passkeys.js';

const opened = (host: string, protocol = 'http') => ({ protocol, host });

describe('the name that passkeys are bound to', () => {
  it('is that of the public address', () => {
    expect(relyingOn('https://hub.example.org', opened('evil.example'))).toEqual({
      id: 'hub.example.org',
      origin: 'https://hub.example.org',
    });
    expect(relyingOn('https://hub.example.org:8443/', opened('')).origin).toBe('https://hub.example.org:8443');
  });

  it('is localhost where no address is configured', () => {
    expect(relyingOn(null, opened('localhost:4480'))).toEqual({ id: 'localhost', origin: 'http://localhost:4480' });
    expect(relyingOn(null, opened('localhost:4480', 'https')).origin).toBe('https://localhost:4480');
  });

  it.each([
    [null, '127.0.0.1:4480'],
    [null, '[::1]:4480'],
    // What a request says of its host is believed of no other machine.
    [null, 'hub.example.org'],
    [null, ''],
    ['http://hub.example.org', 'hub.example.org'],
    ['https://192.0.2.1', '192.0.2.1'],
  ])('is refused for %s opened as %s', (publicUrl, host) => {
    expect(() => relyingOn(publicUrl, opened(host))).toThrow(expect.objectContaining({ code: 'PASSKEY_ADDRESS' }));
  });
});

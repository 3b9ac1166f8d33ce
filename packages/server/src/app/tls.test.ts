import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate, type MadeCertificate } from '../../../../test/support/certificate.js';
import { readTls, remarksOnTls, type TlsFiles } from './tls.js';

const folder = mkdtempSync(join(tmpdir(), 'redthread-tls-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let good: MadeCertificate;
let other: MadeCertificate;
beforeAll(async () => {
  [good, other] = await Promise.all([
    makeCertificate('redthread.example.org', [-1, 100]),
    makeCertificate('redthread.example.org', [-1, 100]),
  ]);
});

const laidDown = ({ cert, key }: MadeCertificate, mode = 0o600): TlsFiles => {
  const files = { certificate: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  writeFileSync(files.certificate, cert);
  writeFileSync(files.key, key);
  chmodSync(files.key, mode);
  return files;
};

describe('readTls', () => {
  it('takes a certificate with its key, also one that a group of the server may read', () => {
    expect(readTls(laidDown(good)).certificate.subject).toContain('redthread.example.org');
    expect(() => readTls(laidDown(good, 0o640))).not.toThrow();
  });

  it.each([0o644, 0o604, 0o660, 0o602])('refuses a key that others can reach (%o)', (mode) => {
    expect(() => readTls(laidDown(good, mode))).toThrow(/^TLS_KEY_EXPOSED: .*key\.pem has the mode 6/);
  });

  it('refuses the key of somebody else', () => {
    const files = laidDown(good);
    // As root the file is made, to begin with, by whom everybody relies on.
    if (process.getuid?.() === 0) chownSync(files.key, 4_242, 4_242);
    expect(() => readTls(files, new Date(), 4_243)).toThrow(/TLS_KEY_EXPOSED.*belongs to somebody else/);
    rmSync(files.key);
  });

  it('refuses a key of another certificate', () => {
    expect(() => readTls(laidDown({ cert: good.cert, key: other.key }))).toThrow('TLS_KEY_MISMATCH');
  });

  it('refuses one that has ended, or has not begun, by its day', async () => {
    const ended = laidDown(await makeCertificate('a.example.org', [-30, -2]));
    expect(() => readTls(ended)).toThrow(/^TLS_CERTIFICATE_EXPIRED: .* ended on \d{4}-/);
    const early = laidDown(await makeCertificate('a.example.org', [2, 30]));
    expect(() => readTls(early)).toThrow(/^TLS_CERTIFICATE_EXPIRED: .* begins on \d{4}-/);
  });

  it('names the file that is none, and nothing of what it holds', () => {
    const secret = 'hushed words';
    expect(() => readTls(laidDown({ cert: secret, key: good.key }))).toThrow(
      /^TLS_CERTIFICATE_UNUSABLE: \S*cert\.pem \(\w+\)$/,
    );
    expect(() => readTls(laidDown({ cert: good.cert, key: secret }))).toThrow(
      /^TLS_KEY_UNUSABLE: \S*key\.pem \(\w+\)$/,
    );
    const files = laidDown(good);
    expect(() => readTls({ ...files, key: join(folder, 'none.pem') })).toThrow(
      /TLS_KEY_UNUSABLE.*none\.pem \(ENOENT\)/,
    );
    expect(() => readTls({ ...files, certificate: folder })).toThrow('TLS_CERTIFICATE_UNUSABLE');
  });

  it('remarks on one that ends soon, or names another host than people open', () => {
    const material = readTls(laidDown(good));
    expect(remarksOnTls(material, 'https://redthread.example.org')).toEqual([]);
    expect(remarksOnTls(material, 'https://elsewhere.example.org').join()).toContain('does not name elsewhere');
    const soon = new Date(Date.now() + 95 * 86_400_000);
    expect(remarksOnTls(material, null, soon).join()).toContain('ends in 4 days');
  });
});

// A time-stamp authority (RFC 3161) on loopback for the tests: a certificate authority and a signer made by openssl, behind HTTP.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface TestAuthority {
  readonly url: string;
  /** Certificate that its own goes back to, PEM. */
  readonly caFile: string;
  /** What it does with the next requests: stamps them, is out of order, stamps something else, or says nothing. */
  answer: 'stamps' | 'fails' | 'stamps something else' | 'refuses' | 'is silent';
  readonly asked: () => number;
  close(): Promise<void>;
}

const CONFIGURATION = `[tsa]
default_tsa = test
[test]
dir = .
serial = ./serial
signer_cert = ./tsa.pem
certs = ./ca.pem
signer_key = ./tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.2
digests = sha256
accuracy = secs:1
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`;

export const startAuthority = async (parent: string): Promise<TestAuthority> => {
  const folder = join(parent, `authority-${randomUUID().slice(0, 8)}`);
  mkdirSync(folder, { recursive: true });
  const openssl = (...args: string[]): Buffer =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...ec,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '3650',
    '-subj',
    '/CN=Test certificate authority',
  );
  openssl('req', ...ec, '-keyout', 'tsa.key', '-out', 'tsa.csr', '-subj', '/CN=Test time-stamp authority');
  writeFileSync(join(folder, 'extensions'), 'extendedKeyUsage=critical,timeStamping\nbasicConstraints=CA:FALSE\n');
  openssl(
    'x509',
    '-req',
    '-in',
    'tsa.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-out',
    'tsa.pem',
    '-days',
    '3650',
    '-extfile',
    'extensions',
  );
  writeFileSync(join(folder, 'tsa.cnf'), CONFIGURATION);
  writeFileSync(join(folder, 'serial'), '01\n');

  const stamp = (query: Buffer): Buffer => {
    writeFileSync(join(folder, 'query.tsq'), query);
    openssl('ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'query.tsq', '-out', 'reply.tsr');
    return readFileSync(join(folder, 'reply.tsr'));
  };
  let asked = 0;
  const authority = { answer: 'stamps' as TestAuthority['answer'] };
  const server = createServer((request, response) => {
    asked += 1;
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (authority.answer === 'is silent') return;
      if (authority.answer === 'fails') return void response.writeHead(503).end('out of order');
      writeFileSync(join(folder, 'other'), 'something else');
      const query =
        authority.answer === 'stamps something else'
          ? openssl('ts', '-query', '-data', 'other', '-sha256', '-cert')
          : authority.answer === 'refuses'
            ? openssl('ts', '-query', '-data', 'other', '-sha512', '-cert')
            : Buffer.concat(parts);
      response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(stamp(query));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return Object.assign(authority, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    caFile: join(folder, 'ca.pem'),
    asked: () => asked,
    close: () =>
      new Promise<void>((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  });
};

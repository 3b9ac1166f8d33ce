// Certificates for tests of TLS, made on the spot: none lies in the repository to run out.
import { webcrypto } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';

const engine = new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto as unknown as Crypto });
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };
const DAY_MS = 86_400_000;

const pem = (label: string, der: ArrayBuffer): string =>
  `-----BEGIN ${label}-----\n${(
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  ).join('\n')}\n-----END ${label}-----\n`;

export interface MadeCertificate {
  readonly cert: string;
  readonly key: string;
}

/** Signed by itself, for one name, from so many days from now until so many. */
export const makeCertificate = async (host: string, days: readonly [number, number]): Promise<MadeCertificate> => {
  const keys = (await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as unknown as CryptoKeyPair;
  const certificate = new pkijs.Certificate();
  certificate.version = 2;
  certificate.serialNumber = new asn1js.Integer({ value: 1 });
  for (const name of [certificate.issuer, certificate.subject])
    name.typesAndValues.push(
      new pkijs.AttributeTypeAndValue({ type: '2.5.4.3', value: new asn1js.Utf8String({ value: host }) }),
    );
  certificate.notBefore.value = new Date(Date.now() + days[0] * DAY_MS);
  certificate.notAfter.value = new Date(Date.now() + days[1] * DAY_MS);
  const names = new pkijs.GeneralNames({ names: [new pkijs.GeneralName({ type: 2, value: host })] });
  certificate.extensions = [
    new pkijs.Extension({ extnID: '2.5.29.17', extnValue: names.toSchema().toBER(false), parsedValue: names }),
  ];
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey, engine);
  await certificate.sign(keys.privateKey, 'SHA-256', engine);
  return {
    cert: pem('CERTIFICATE', certificate.toSchema(true).toBER(false)),
    key: pem('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', keys.privateKey as never)),
  };
};

// Time stamps by RFC 3161: asks an authority to sign a digest together with the time, and reads what it has signed.
import { randomBytes } from 'node:crypto';
import * as asn1js from 'asn1js';
import {
  AlgorithmIdentifier,
  Certificate,
  ContentInfo,
  type ExtKeyUsage,
  MessageImprint,
  SignedData,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from 'pkijs';
import { fail } from '@redthread/core/errors';
import { sha256 } from '../../store/index.js';

const SHA256 = '2.16.840.1.101.3.4.2.1';
const EXTENDED_KEY_USAGE = '2.5.29.37';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
/** PKIStatus: granted, granted with changes. */
const GRANTED = new Set([0, 1]);
const TIMEOUT_MS = 10_000;
/** A token with its certificates has some kilobytes. */
const LARGEST_ANSWER_BYTES = 1_000_000;

const bytesOf = (view: Uint8Array): Buffer => Buffer.from(view.buffer, view.byteOffset, view.byteLength);

/** A request for a stamp on a SHA-256 digest, with the certificate of whoever signs; DER. */
const requestFor = (digest: Uint8Array, nonce: Buffer): Buffer => {
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA256, algorithmParams: new asn1js.Null() }),
      hashedMessage: new asn1js.OctetString({ valueHex: Uint8Array.from(digest) }),
    }),
    nonce: new asn1js.Integer({ valueHex: Uint8Array.from(nonce) }),
    certReq: true,
  });
  return Buffer.from(request.toSchema().toBER());
};

/**
 * The token of the authority at `url` over `text`, DER; the authority gets no more than its SHA-256. What it gives is checked before it is believed.
 * Errors: ANCHOR_UNREACHABLE, naming the authority; ANCHOR_INVALID for a token of something else.
 */
export const askForStamp = async (url: string, text: string, authorities: readonly Certificate[]): Promise<Buffer> => {
  // A positive number whose first byte needs no padding.
  const nonce = randomBytes(8);
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
  const answer = await post(url, requestFor(sha256(text), nonce));
  const token = tokenOf(url, answer);
  const stamp = await readStamp(token, text, authorities);
  if (stamp.nonce !== nonce.toString('hex')) throw fail('ANCHOR_INVALID', `${url} answered another request`);
  return token;
};

const post = async (url: string, body: Buffer): Promise<Buffer> => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: new Uint8Array(body),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      size += part.length;
      if (size > LARGEST_ANSWER_BYTES) throw new Error('its answer does not end');
      parts.push(part);
    }
    return Buffer.concat(parts);
  } catch (error) {
    const { message, cause } = error as Error;
    throw fail('ANCHOR_UNREACHABLE', `${url}: ${cause instanceof Error ? cause.message : message}`, { cause: error });
  }
};

const tokenOf = (url: string, answer: Buffer): Buffer => {
  try {
    const { status, timeStampToken } = TimeStampResp.fromBER(Uint8Array.from(answer));
    if (!GRANTED.has(status.status) || timeStampToken === undefined)
      throw new Error(`it refused (status ${status.status})`);
    return Buffer.from(timeStampToken.toSchema().toBER());
  } catch (error) {
    throw fail('ANCHOR_UNREACHABLE', `${url}: ${(error as Error).message}`, { cause: error });
  }
};

export interface Stamp {
  /** When the authority says that the digest was there. */
  readonly at: Date;
  readonly nonce: string | null;
  /** Whether its certificate goes back to one of the authorities that are believed; false when none is given. */
  readonly isPinned: boolean;
}

/** What a token says of `text`. Errors: ANCHOR_INVALID when it is of another, is not signed, or not by such an authority. */
export const readStamp = async (token: Buffer, text: string, authorities: readonly Certificate[]): Promise<Stamp> => {
  const invalid = (what: string, cause?: unknown) => fail('ANCHOR_INVALID', `time stamp: ${what}`, { cause });
  let signed: SignedData;
  let info: TSTInfo;
  try {
    signed = new SignedData({ schema: ContentInfo.fromBER(Uint8Array.from(token)).content });
    const content = signed.encapContentInfo.eContent?.valueBlock.valueHexView;
    if (content === undefined) throw new Error('it is empty');
    info = TSTInfo.fromBER(Uint8Array.from(content));
  } catch (error) {
    throw invalid('no token of RFC 3161', error);
  }
  const imprint = bytesOf(info.messageImprint.hashedMessage.valueBlock.valueHexView);
  if (info.messageImprint.hashAlgorithm.algorithmId !== SHA256 || !imprint.equals(sha256(text)))
    throw invalid('it is on something else');
  const result = await signed
    .verify({
      signer: 0,
      data: Uint8Array.from(Buffer.from(text)).buffer,
      checkChain: authorities.length > 0,
      trustedCerts: [...authorities],
      checkDate: info.genTime,
      extendedMode: true,
    })
    .catch((error: unknown) => {
      throw invalid((error as Error).message, error);
    });
  if (result.signatureVerified !== true || !isForStamping(result.signerCertificate ?? null))
    throw invalid('its signature is not that of a time-stamp authority');
  return {
    at: info.genTime,
    nonce: info.nonce === undefined ? null : bytesOf(info.nonce.valueBlock.valueHexView).toString('hex'),
    isPinned: authorities.length > 0 && result.signerCertificateVerified === true,
  };
};

const isForStamping = (certificate: Certificate | null): boolean =>
  certificate?.extensions?.some(
    ({ extnID, parsedValue }) =>
      extnID === EXTENDED_KEY_USAGE && (parsedValue as ExtKeyUsage).keyPurposes.includes(TIME_STAMPING),
  ) ?? false;

/** Certificates of a PEM file. Errors: CONFIG_INVALID when there is none in it. */
export const readCertificates = (pem: string, from: string): Certificate[] => {
  const found = [...pem.matchAll(/-----BEGIN CERTIFICATE-----([\s\S]+?)-----END CERTIFICATE-----/g)];
  try {
    if (found.length === 0) throw new Error('it holds no certificate');
    return found.map(([, base64 = '']) => Certificate.fromBER(Uint8Array.from(Buffer.from(base64, 'base64'))));
  } catch (error) {
    throw fail('CONFIG_INVALID', `${from}: ${(error as Error).message}`, { cause: error });
  }
};

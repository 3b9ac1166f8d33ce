// What lies in an exported folder, for whoever opens it without us.

export const README = `This folder holds a part of the audit record of a Redthread installation: what was seen and done, by whom, when.

  record.json    which events these are, the signed head of the log that they belong to, the public keys, the anchors
  events.jsonl   the events, one a line: the sealed form, the proof under the head, the clear texts that were not erased
  anchors/       tokens of a time-stamp authority (RFC 3161), each with the text that it is on

It can be verified without the installation and without a network, by a script that depends on nothing but Node.js:

  node verify-record.mjs FOLDER

The script (tools/verify-record.mjs in the source code of Redthread) and what it checks, step by step, are described in
docs/verify-a-record.md. Compare the id of the first key with the one that the agency has published; a time stamp is also checked by

  openssl ts -verify -token_in -in anchors/N.tst -data anchors/N.txt -CAfile AUTHORITY.pem
`;

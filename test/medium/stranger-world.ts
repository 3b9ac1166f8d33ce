// The world of the stranger test: a case of Alpha that is for named people, that Beta alone is given, in an operation that
// Delta is in as well; everything that hangs on it, and one row in every table.
import { createHash, randomUUID } from 'node:crypto';
import { sealWhatWaits } from '../../packages/server/src/sealer/index.js';
import { audit, newHeader, openStore, withContext } from '../../packages/server/src/store/index.js';
import { contextOfPerson, openFixture, type ApiFixture } from './api-fixture.js';
import { sha256Of, type Person } from './api-world.js';
import { addAccount } from './stranger-account.js';
import { addQuestion } from './stranger-asks.js';
import { addChats } from './stranger-chats.js';
import { addContact } from './stranger-contact.js';
import { addEntities } from './stranger-entities.js';
import { addPackageKeys } from './stranger-exchange.js';
import { addListUpload, addOfLists } from './stranger-lists.js';
import { addNotes } from './stranger-notes.js';
import { addCustody } from './stranger-custody.js';
import { addDecisions, addJudgement, addReview } from './stranger-judgement.js';

/**
 * `owner`: on the case. `colleague`: of the same agency, not on it. `shared`: of the agency that it is given to. `unshared`: of
 * another that is in the operation. `stranger`: of an agency that has nothing to do with any of it.
 */
export const PERSONAS = ['owner', 'colleague', 'shared', 'unshared', 'stranger'] as const;
export type Persona = (typeof PERSONAS)[number];

const LOGINS: Readonly<Record<Persona, string>> = {
  owner: 'anna',
  colleague: 'olga',
  shared: 'ben',
  unshared: 'dee',
  stranger: 'gil',
};

/** What is named in addresses and bodies: ids, and words that people would guess. */
export const NAMES = [
  'agency',
  'access',
  'apiKey',
  'ask',
  'break',
  'case',
  'caseReference',
  'chat',
  'chatExport',
  'chatTwo',
  'assertion',
  'code',
  'connection',
  'contact',
  'contribution',
  'digest',
  'entity',
  'externalId',
  'exhibit',
  'factor',
  'invitation',
  'invitationTwo',
  'basis',
  'list',
  'listUpload',
  'mark',
  'negative',
  'standing',
  'login',
  'media',
  'mediaTwo',
  'note',
  'notice',
  'operation',
  'operationReference',
  'outcome',
  'path',
  'peer',
  'review',
  'run',
  'series',
  'session',
  'statement',
  'seriesConnection',
  'decision',
  'task',
  'test',
  'verdict',
  'request',
  'requestId',
] as const;
export type Names = Readonly<Record<(typeof NAMES)[number], string>>;

/** Names of the same form that never existed. */
export const neverExisted = (): Names => ({
  ...(Object.fromEntries(NAMES.map((name) => [name, randomUUID()])) as Record<(typeof NAMES)[number], string>),
  caseReference: 'N-1',
  code: 'For nobody yet',
  connection: `exhibits_${randomUUID()}_${randomUUID()}`,
  seriesConnection: `series-cases_${randomUUID()}_${randomUUID()}`,
  digest: sha256Of('never existed'),
  login: 'nina-of-alpha',
  operationReference: 'Sisyphus',
  path: 'never-seen',
  request: '9999-0000',
});

export interface StrangerWorld {
  readonly api: ApiFixture;
  readonly people: Readonly<Record<Persona, Person>>;
  readonly names: Names;
}

export const openStrangerWorld = async (): Promise<StrangerWorld> => {
  const api = await openFixture();
  const { world, store } = api;
  const { owner } = store;
  const [alpha, beta, gamma, delta] = [
    await world.agency('Alpha'),
    await world.agency('Beta'),
    await world.agency('Gamma'),
    await world.agency('Delta', 'XD'),
  ];
  await world.agency('Zeta');
  const administers = ['administrator', 'coordinator', 'officer', 'auditor'];
  const people: Record<Persona, Person> = {
    owner: await api.person(alpha, LOGINS.owner, administers),
    colleague: await api.person(alpha, LOGINS.colleague),
    shared: await api.person(beta, LOGINS.shared, administers),
    unshared: await api.person(delta, LOGINS.unshared, administers),
    stranger: await api.person(gamma, LOGINS.stranger, administers),
  };
  const anna = people.owner;
  const mona = await api.person(alpha, 'mona-of-alpha');
  const operation = await world.operation('Tantalus', [alpha, beta, delta]);
  const elsewhere = [
    await world.operation('Elsewhere', [gamma, beta]),
    await world.operation('Elsewhere too', [gamma, beta]),
  ];

  const caseId = await world.case(anna, 'S-1', operation, true);
  await owner
    .updateTable('cases')
    .set({ access: 'named', handling: 'TLP:AMBER+STRICT' })
    .where('id', '=', caseId)
    .execute();
  const access = await owner
    .insertInto('case_access')
    .values({
      agency_id: alpha,
      case_id: caseId,
      grantee_agency_id: beta,
      grantee_user_id: null,
      grantee_login: null,
      granted_by: anna.id,
      ended_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  world.traits('hushed small', { stack: 'hushed', width: 320, height: 240 });
  const exhibit = await world.exhibit(anna, caseId, '1', [
    { content: 'hushed', path: 'DCIM/hushed.jpg' },
    { content: 'hushed small', path: 'DCIM/hushed small.jpg' },
    { content: 'hushed other', path: 'DCIM/hushed other.jpg' },
    { content: null, path: 'hushed broken.jpg' },
  ]);
  const second = await world.exhibit(anna, caseId, '2', [{ content: 'hushed' }]); // So that something connects.
  for (const one of [people.shared, people.unshared, people.stranger]) {
    const own = await world.case(one, `${one.login}-1`);
    await world.exhibit(one, own, '1', [{ content: 'lamp' }]);
  }
  const [media, mediaTwo] = [await world.media(alpha, 'hushed'), await world.media(alpha, 'hushed other')];
  await world.match({ id: media, agencyId: alpha }, { id: mediaTwo, agencyId: alpha });
  const list = await world.list(anna, 'Hushed list', ['hushed'], operation);
  await owner
    .insertInto('handling_codes')
    .values({ agency_id: alpha, code: 'For Beta alone', reach: 'listed' })
    .execute();
  await owner
    .insertInto('handling_recipients')
    .values({ agency_id: alpha, code: 'For Beta alone', recipient_id: beta })
    .execute();
  await owner.updateTable('lists').set({ handling: 'For Beta alone' }).where('id', '=', list).execute();
  const listUpload = await addListUpload(owner, anna);
  const peer = await addPackageKeys(store, anna, list);
  const ofLists = await addOfLists(owner, anna, { exhibit, media });

  const bytes = createHash('sha256').update('k').digest();
  const soon = new Date(Date.now() + 3_600_000);
  const account = await addAccount(store, anna);
  const apiKey = await owner
    .insertInto('api_keys')
    .values({ agency_id: alpha, user_id: anna.id, name: 'k', key_hash: bytes, scopes: ['read'], expires_at: soon })
    .returning('id')
    .executeTakeFirstOrThrow();
  const self = { agency_id: alpha, user_id: anna.id, login: 'anna' };
  await owner
    .insertInto('self_tests')
    .values({ ...self, result: '{}' })
    .execute();
  await owner.insertInto('agency_keys').values({ agency_id: alpha, master_key_id: 'k', wrapped: bytes }).execute();
  const row = { agency_id: alpha, media_id: media };
  await owner
    .insertInto('case_keys')
    .values({ case_id: caseId, agency_id: alpha, master_key_id: 'k', wrapped: bytes })
    .execute();
  await owner
    .insertInto('envelopes')
    .values({ ...row, case_id: caseId, wrapped: bytes })
    .execute();
  for (const kind of ['veiled', 'clear', 'veiled-storyboard', 'storyboard'] as const)
    await owner
      .insertInto('vault_objects')
      .values({ ...row, kind, name: `${media} ${kind}`, size_bytes: 1 })
      .execute();
  await owner
    .insertInto('media_metadata')
    .values({ ...row, method: 'exiftool', version: 1, value: '{}' })
    .execute();
  await owner
    .insertInto('work')
    .values({
      ...row,
      exhibit_id: exhibit,
      stage: 'decode',
      version: 1,
      leased_by: null,
      error_code: null,
      error_detail: null,
    })
    .execute();
  const sender = { agency_id: alpha, exhibit_id: exhibit, user_id: anna.id };
  const run = await owner
    .insertInto('ingest_runs')
    .values({ ...sender, sender: bytes, archives: 'sender' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const header = newHeader();
  const upload = await owner
    .insertInto('uploads')
    .values({
      ...sender,
      case_id: caseId,
      key_id: null,
      sha256: createHash('sha256').update('hushed').digest(),
      size_bytes: 10,
      generation: 1,
      wrapped: bytes,
      header,
      sha1: null,
      md5: null,
      mime: null,
      kind: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await store.vault.uploads.begin(upload.id, header);
  await owner
    .insertInto('upload_chunks')
    .values({ upload_id: upload.id, agency_id: alpha, number: 0, sha256: bytes })
    .execute();
  const basis = await owner
    .insertInto('legal_bases')
    .values({
      agency_id: alpha,
      exhibit_id: exhibit,
      media_id: null,
      kind: 'warrant',
      reference: 'hushed warrant',
      words: '',
      recorded_by: anna.id,
      login: 'anna',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const judgement = await addJudgement(owner, anna, media);
  const review = await addReview(owner, anna, media);
  const entities = await addEntities(owner, anna, { caseId, media, far: people.stranger });
  const notes = await addNotes(owner, anna, { caseId, reader: people.shared });
  const chats = await addChats(owner, anna, { caseId, exhibit, media, mediaTwo });
  const ask = await addQuestion(store, anna, { caseId, media, operation, asked: people.unshared });
  const decisions = await addDecisions(owner, anna, { exhibits: [exhibit, second], of: [entities.series, caseId] });
  const broken = await owner
    .insertInto('break_glass')
    .values({
      agency_id: alpha,
      user_id: mona.id,
      login: 'mona-of-alpha',
      display_name: 'mona',
      case_id: caseId,
      case_reference: 'S-1',
      case_agency_id: alpha,
      reason: 'in an emergency',
      expires_at: soon,
      ended_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const invitations: string[] = [];
  for (const one of elsewhere) {
    const made = await owner
      .insertInto('operation_invitations')
      .values({
        operation_id: one,
        agency_id: alpha,
        inviting_agency_id: gamma,
        invited_by: people.stranger.id,
        answered_by: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    invitations.push(made.id);
  }
  const notice = await owner
    .selectFrom('notices')
    .select('id')
    .where('kind', '=', 'break-glass')
    .where('user_id', '=', anna.id)
    .executeTakeFirstOrThrow();
  await owner.insertInto('notice_reads').values({ notice_id: notice.id, agency_id: alpha, user_id: anna.id }).execute();
  const signOut = () =>
    withContext(store.app, contextOfPerson(anna), (trx) =>
      audit(trx, contextOfPerson(anna), { type: 'sign-out', object: null, detail: {} }),
    );
  // One event under seal, and one that waits for its own.
  await signOut();
  const sealing = await openStore(store.config, { roles: ['sealer'] });
  await sealWhatWaits(sealing).finally(() => sealing.close());
  await signOut();

  const contact = await addContact(owner, anna, { caseId, media, far: people.stranger });
  const request = await owner
    .insertInto('requests')
    .values({
      agency_id: alpha,
      number: '1234-5678',
      kind: 'exhibit-withdraw',
      case_id: caseId,
      exhibit_id: exhibit,
      to_case_id: null,
      to_agency_id: null,
      of_request: null,
      subject: JSON.stringify({
        agency: { id: alpha, name: 'Alpha', country: 'ES' },
        case: 'S-1',
        exhibit: '1',
        files: 4,
        notes: [],
      }),
      reason: 'hushed up',
      requested_by: mona.id,
      requested_login: 'mona-of-alpha',
      requested_from: null,
      second_user: null,
      second_login: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await addCustody(owner, anna, { caseId, exhibit, bytes });

  return {
    api,
    people,
    names: {
      request: '1234-5678',
      requestId: request.id,
      agency: alpha,
      access: access.id,
      apiKey: apiKey.id,
      basis: basis.id,
      break: broken.id,
      case: caseId,
      caseReference: 'S-1',
      code: 'For Beta alone',
      contact,
      digest: sha256Of('hushed'),
      exhibit,
      invitation: invitations[0] ?? '',
      invitationTwo: invitations[1] ?? '',
      list,
      listUpload,
      peer,
      ...ofLists,
      login: 'mona-of-alpha',
      media,
      mediaTwo,
      notice: notice.id,
      operation,
      operationReference: 'Tantalus',
      path: 'hushed.jpg',
      run: run.id,
      ...account,
      ...decisions,
      ...notes,
      ...chats,
      ask,
      ...judgement,
      review,
      ...entities,
    },
  };
};

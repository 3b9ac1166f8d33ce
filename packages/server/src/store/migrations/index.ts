// The migrations in order, by name: an explicit list, so that what runs is what was reviewed. Forward only.
import type { Kysely, Migration } from 'kysely';
import { up as foundation } from './0001-foundation.js';
import { up as indexChanges } from './0002-index-changes.js';
import { up as selfTests } from './0003-self-tests.js';
import { up as narrowRights } from './0004-narrow-rights.js';
import { up as sealedRecord } from './0005-sealed-record.js';
import { up as access } from './0006-access.js';
import { up as caseAccess } from './0007-case-access.js';
import { up as keyRotation } from './0008-key-rotation.js';
import { up as twoPersons } from './0009-two-persons.js';
import { up as uploads } from './0010-uploads.js';
import { up as legalBases } from './0011-legal-bases.js';
import { up as exhibitsAndPairs } from './0013-exhibits-and-pairs.js';
import { up as basesKeptAside } from './0014-bases-kept-aside.js';
import { up as signedDestructions } from './0018-signed-destructions.js';
import { up as verdicts } from './0022-verdicts.js';
import { up as featuresStage } from './0023-features-stage.js';
import { up as pathsByOwner } from './0026-paths-by-owner.js';
import { up as entities } from './0028-entities.js';
import { up as connectionDecisions } from './0031-connection-decisions.js';
import { up as contacts } from './0034-contacts.js';
import { up as connectionChanges } from './0036-connection-changes.js';
import { up as listItems } from './0040-list-items.js';
import { up as changesBySight } from './0041-changes-by-sight.js';
import { up as namedDevices } from './0042-device-numbers.js';
import { up as decisionsGoAlong } from './0043-decisions-go-along.js';
import { up as listFiles } from './0044-list-files.js';
import { up as listNotices } from './0045-list-notices.js';
import { up as reviews } from './0049-reviews.js';
import { up as care } from './0050-care.js';
import { up as damagedLists } from './0051-damaged-lists.js';
import { up as seriesConnections } from './0052-series-connections.js';
import { up as contributions } from './0054-contributions.js';
import { up as packages } from './0055-packages.js';
import { up as reports } from './0056-reports.js';
import { up as listUploads } from './0057-list-uploads.js';
import { up as negativeLists } from './0058-negative-lists.js';
import { up as screens } from './0060-screens.js';
import { up as featuresAgain } from './0061-features-again.js';
import { up as language } from './0066-language.js';
import { up as notesAndTasks } from './0067-notes-and-tasks.js';
import { up as asks } from './0068-asks.js';
import { up as atRisk } from './0069-at-risk.js';
import { up as outcomes } from './0070-outcomes.js';
import { up as standingSearches } from './0072-standing-searches.js';
import { up as packageUploads } from './0074-package-uploads.js';
import { up as seriesReports } from './0074-series-reports.js';
import { up as failedWork } from './0077-failed-work.js';
import { up as secondFactors } from './0078-second-factors.js';
import { up as signInProviders } from './0081-sign-in-providers.js';
import { up as accountNotices } from './0083-account-notices.js';
import { up as areasOfPlaces } from './0085-areas-of-places.js';
import { up as films } from './0087-films.js';
import { up as loudness } from './0088-loudness.js';
import { up as traces } from './0092-traces.js';
import { up as bindingsAreTold } from './0094-bindings-are-told.js';
import { up as chats } from './0093-chats.js';
import { up as areasAreCircles } from './0095-areas-are-circles.js';
import { up as diskImages } from './0096-disk-images.js';
import { up as chatAnswers } from './0097-chat-answers.js';
import { up as hiddenFilesUnread } from './0095-hidden-files-unread.js';
import { up as tasksBySight } from './0095-tasks-by-sight.js';
import { up as phoneReports } from './0098-phone-reports.js';

const forward = (up: (db: Kysely<unknown>) => Promise<void>): Migration => ({ up });

export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-foundation': forward(foundation),
  '0002-index-changes': forward(indexChanges),
  '0003-self-tests': forward(selfTests),
  '0004-narrow-rights': forward(narrowRights),
  '0005-sealed-record': forward(sealedRecord),
  '0006-access': forward(access),
  '0007-case-access': forward(caseAccess),
  '0008-key-rotation': forward(keyRotation),
  '0009-two-persons': forward(twoPersons),
  '0010-uploads': forward(uploads),
  '0011-legal-bases': forward(legalBases),
  '0013-exhibits-and-pairs': forward(exhibitsAndPairs),
  '0014-bases-kept-aside': forward(basesKeptAside),
  '0018-signed-destructions': forward(signedDestructions),
  '0022-verdicts': forward(verdicts),
  '0023-features-stage': forward(featuresStage),
  '0026-paths-by-owner': forward(pathsByOwner),
  '0028-entities': forward(entities),
  '0031-connection-decisions': forward(connectionDecisions),
  '0034-contacts': forward(contacts),
  '0036-connection-changes': forward(connectionChanges),
  '0040-list-items': forward(listItems),
  '0041-changes-by-sight': forward(changesBySight),
  '0042-device-numbers': forward(namedDevices),
  '0043-decisions-go-along': forward(decisionsGoAlong),
  '0044-list-files': forward(listFiles),
  '0045-list-notices': forward(listNotices),
  '0049-reviews': forward(reviews),
  '0050-care': forward(care),
  '0051-damaged-lists': forward(damagedLists),
  '0052-series-connections': forward(seriesConnections),
  '0054-contributions': forward(contributions),
  '0055-packages': forward(packages),
  '0056-reports': forward(reports),
  '0057-list-uploads': forward(listUploads),
  '0058-negative-lists': forward(negativeLists),
  '0060-screens': forward(screens),
  '0061-features-again': forward(featuresAgain),
  '0066-language': forward(language),
  '0067-notes-and-tasks': forward(notesAndTasks),
  '0068-asks': forward(asks),
  '0069-at-risk': forward(atRisk),
  '0070-outcomes': forward(outcomes),
  '0072-standing-searches': forward(standingSearches),
  '0074-package-uploads': forward(packageUploads),
  '0074-series-reports': forward(seriesReports),
  '0077-failed-work': forward(failedWork),
  '0078-second-factors': forward(secondFactors),
  '0081-sign-in-providers': forward(signInProviders),
  '0083-account-notices': forward(accountNotices),
  '0085-areas-of-places': forward(areasOfPlaces),
  '0087-films': forward(films),
  '0088-loudness': forward(loudness),
  '0092-traces': forward(traces),
  '0094-bindings-are-told': forward(bindingsAreTold),
  '0093-chats': forward(chats),
  '0095-areas-are-circles': forward(areasAreCircles),
  '0096-disk-images': forward(diskImages),
  '0097-chat-answers': forward(chatAnswers),
  '0095-hidden-files-unread': forward(hiddenFilesUnread),
  '0095-tasks-by-sight': forward(tasksBySight),
  '0098-phone-reports': forward(phoneReports),
};

export const LATEST_MIGRATION = Object.keys(MIGRATIONS).sort().at(-1) ?? '';

// VICS 2.0: a case export, each case with its media and their files, or a media set, which has no case around it.
import { PROGRAM_VERSION } from '../../app/version.js';
import type { ExchangeCase, ExchangeMedia } from '../../formats/exchange/media.js';
import { VICS_END, vicsBeginning, vicsMedia } from '../../formats/lists/index.js';
import { categoryIn, listEntryOf } from './list-entry.js';
import type { ExportText } from './write.js';

const VERSION = '2.0';

/** Of the media, the files that lie in the case; without a case all. Each names its exhibit, as others name the source. */
const mediaOf = ({ scheme, schemes }: ExportText, media: ExchangeMedia, caseId?: string): string => {
  const files = caseId === undefined ? media.files : media.files.filter((file) => file.caseId === caseId);
  const { category } = categoryIn(schemes, scheme, media.verdicts);
  const written = vicsMedia(listEntryOf(media, files, category), VERSION);
  const places = written['MediaFiles'] as Record<string, unknown>[] | undefined;
  places?.forEach((place, at) => {
    place['MD5'] = media.md5.toUpperCase();
    place['SourceID'] = files[at]?.exhibit;
  });
  return JSON.stringify(written);
};

export async function* vicsMediaSet(text: ExportText): AsyncGenerator<string, void, void> {
  yield vicsBeginning(text.scheme, 'Media');
  yield* mediaList(text);
  yield VICS_END;
}

export async function* vicsCases(text: ExportText): AsyncGenerator<string, void, void> {
  yield vicsBeginning(text.scheme, 'Cases');
  let isFirst = true;
  for (const one of text.graph.cases) {
    yield `${isFirst ? '' : ','}\n${headOf(one, text)},"Media":[`;
    let media = 0;
    for await (const part of mediaList(text, one.id, () => (media += 1))) yield part;
    // The count comes after what is counted: its place in an object says nothing.
    yield `\n],"TotalMediaFiles":${media}}`;
    isFirst = false;
  }
  yield VICS_END;
}

async function* mediaList(
  text: ExportText,
  caseId?: string,
  count: () => void = () => undefined,
): AsyncGenerator<string, void, void> {
  let isFirst = true;
  for await (const page of text.pages(caseId)) {
    let part = '';
    for (const media of page) {
      part += `${isFirst ? '' : ','}\n${mediaOf(text, media, caseId)}`;
      isFirst = false;
      count();
    }
    yield part;
  }
}

/** An object that is not closed yet. */
const headOf = ({ agency, handling, id, reference, title }: ExchangeCase, { handling: ofFile }: ExportText): string => {
  const property = (name: string, value: string) => ({ CaseID: id, PropertyName: name, PropertyValue: value });
  const head = JSON.stringify({
    CaseID: id,
    CaseNumber: reference,
    ContactOrganization: agency.name,
    SourceApplicationName: 'Redthread',
    SourceApplicationVersion: PROGRAM_VERSION,
    CaseMetadata: [
      ...(title === '' ? [] : [property('Title', title)]),
      property('Handling', handling),
      property('Handling of this file', ofFile),
    ],
  });
  return head.slice(0, -1);
};

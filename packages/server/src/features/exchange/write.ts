// The text of an export, format by format, from pages of media: pure, so that a test needs no store.
import type { ExchangeFormat } from '@redthread/core/contract';
import type { Schemes } from '@redthread/core/schemes';
import { CaseDocument } from '../../formats/exchange/case-uco.js';
import { ftmBeginning, ftmMedia } from '../../formats/exchange/ftm.js';
import type { ExchangeGraph } from '../../formats/exchange/graph.js';
import { graphmlBeginning, GRAPHML_END, graphmlMedia } from '../../formats/exchange/graphml.js';
import type { ExchangeMedia } from '../../formats/exchange/media.js';
import { ICSE_HEAD, icseLine, TABLE_HEAD, tableLines } from '../../formats/lists/index.js';
import { categoryIn, icseEntryOf, listEntryOf } from './list-entry.js';
import { vicsCases, vicsMediaSet } from './write-vics-case.js';

/** Pages of media: of the export, or of one of its cases. */
export type Pages = (caseId?: string) => AsyncIterable<readonly ExchangeMedia[]>;

export interface ExportText {
  readonly format: ExchangeFormat;
  readonly shape: 'case' | 'media-set';
  readonly scheme: string;
  readonly schemes: Schemes;
  readonly graph: ExchangeGraph;
  readonly handling: string;
  readonly pages: Pages;
}

export const FILE_TYPES: Readonly<Record<ExchangeFormat, { readonly mime: string; readonly ending: string }>> = {
  vics: { mime: 'application/json', ending: 'json' },
  icse: { mime: 'text/csv', ending: 'csv' },
  csv: { mime: 'text/csv', ending: 'csv' },
  case: { mime: 'application/ld+json', ending: 'jsonld' },
  ftm: { mime: 'application/x-ndjson', ending: 'ftm.json' },
  graphml: { mime: 'application/graphml+xml', ending: 'graphml' },
};

export const exportText = (text: ExportText): AsyncGenerator<string, void, void> => {
  switch (text.format) {
    case 'vics':
      return text.shape === 'case' ? vicsCases(text) : vicsMediaSet(text);
    case 'icse':
      return lines(text, ICSE_HEAD, (media) => icseLine(icseEntryOf(media, categoryOf(text, media))));
    case 'csv':
      return lines(text, TABLE_HEAD, (media) =>
        [...tableLines([listEntryOf(media, media.files, categoryOf(text, media))])].join(''),
      );
    case 'case':
      return caseDocument(text);
    case 'ftm':
      return graphOf(text, ftmBeginning, ftmMedia, '');
    case 'graphml':
      return graphOf(text, graphmlBeginning, graphmlMedia, GRAPHML_END);
  }
};

const categoryOf = ({ scheme, schemes }: ExportText, media: ExchangeMedia) =>
  categoryIn(schemes, scheme, media.verdicts).category;

async function* lines({ pages }: ExportText, head: string, lineOf: (media: ExchangeMedia) => string) {
  yield head;
  for await (const page of pages()) yield page.map(lineOf).join('');
}

type Said = ExchangeGraph['assertions'];

/** What is said of each media. */
const saidOf = ({ assertions }: ExchangeGraph): ((media: string) => Said) => {
  const byMedia = new Map<string, Said[number][]>();
  for (const one of assertions)
    if (one.from.kind === 'media' && one.from.mediaId !== null) {
      const of = byMedia.get(one.from.mediaId);
      if (of === undefined) byMedia.set(one.from.mediaId, [one]);
      else of.push(one);
    }
  return (media) => byMedia.get(media) ?? [];
};

async function* caseDocument({ graph, pages }: ExportText) {
  const document = new CaseDocument(graph);
  const said = saidOf(graph);
  yield document.beginning();
  for await (const page of pages()) yield page.map((media) => document.media(media, said(media.id))).join('');
  yield document.end();
}

async function* graphOf(
  { graph, pages }: ExportText,
  beginning: (graph: ExchangeGraph) => Iterable<string>,
  mediaLines: (media: ExchangeMedia, said: Said) => Iterable<string>,
  end: string,
) {
  const said = saidOf(graph);
  yield [...beginning(graph)].join('');
  for await (const page of pages()) yield page.flatMap((media) => [...mediaLines(media, said(media.id))]).join('');
  if (end !== '') yield end;
}

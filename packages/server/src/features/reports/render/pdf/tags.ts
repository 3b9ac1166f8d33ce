// What a screen reader is told of a page: headings, paragraphs, tables with their cells. A very long report goes without, for its tree of
// tags would have to be held in memory.
import type { StableDocument } from './stable-document.js';

export interface Tagged {
  /** A part of this one. */
  open(type: string, options?: { readonly alt?: string; readonly scope?: 'Column' | 'Row' }): Tagged;
  draw(work: () => void): void;
  close(): void;
}

const untagged: Tagged = { open: () => untagged, draw: (work) => work(), close: () => undefined };

const wrapped = (doc: StableDocument, element: PDFKit.PDFStructureElement): Tagged => ({
  open: (type, options = {}) => {
    const inner = doc.struct(type, options as { alt?: string });
    element.add(inner);
    return wrapped(doc, inner);
  },
  draw: (work) => void element.add(work),
  close: () => element.end(),
});

export interface Tags {
  readonly root: Tagged;
  /** What belongs to the page and not to the text: heads, feet, rules. */
  artifact(work: () => void): void;
}

export const tagsOf = (doc: StableDocument, isTagged: boolean): Tags => {
  if (!isTagged) return { root: untagged, artifact: (work) => work() };
  const root = doc.struct('Document');
  doc.addStructure(root);
  return {
    root: wrapped(doc, root),
    artifact: (work) => {
      doc.markContent('Artifact', { type: 'Pagination' });
      work();
      doc.endMarkedContent();
    },
  };
};

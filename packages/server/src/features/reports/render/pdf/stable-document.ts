// A PDF document whose bytes depend on what is written alone: streams are compressed by a library of ours, and not by the zlib of the
// machine, of which each version and processor makes other bytes of the same.
import { zlibSync } from 'fflate';
import PDFDocument from 'pdfkit';

/** What the types of the library leave out. */
interface StreamObject {
  buffer: Uint8Array | Uint8Array[];
  data: Record<string, unknown>;
  finalize(): void;
}

/** Of PDF/A no stream of metadata may be compressed. */
const isCompressible = ({ buffer, data }: StreamObject): boolean =>
  buffer.length > 0 && data['Filter'] === undefined && data['Type'] !== 'Metadata';

export class StableDocument extends PDFDocument {
  override ref(data: object): PDFKit.PDFKitReference {
    const reference = super.ref(data);
    const object = reference as unknown as StreamObject;
    const finalize = object.finalize.bind(object);
    object.finalize = () => {
      if (isCompressible(object)) {
        object.buffer = [zlibSync(Buffer.concat(object.buffer as Uint8Array[]))];
        object.data['Filter'] = 'FlateDecode';
      }
      finalize();
    };
    return reference;
  }
}

// Local features of pictures, by which parts are found. They take longer than everything else that is computed of a picture, so
// that all pictures are matched by their hashes first.
import { queueNext } from '../features/work/index.js';
import { decoderName, type Decoder, type MeasuredImage } from '../media/decode/index.js';
import type { Store } from '../store/index.js';
import { failureOf } from './decode-job.js';
import { createLaterStage, type LaterStage } from './later-stage.js';
import { insertSignals } from './signals.js';

/** About a second: so long a picture that has just come waits for its decoder at most. */
const BATCH = 8;

/** `decoder` is the worker's: a picture is decoded or searched for features, never both at once. */
export const createFeaturesStage = (store: Store<'worker'>, processId: string, decoder: Decoder): LaterStage =>
  createLaterStage<MeasuredImage>(store, processId, {
    stage: 'features',
    batch: BATCH,
    workOn: (bytes, { mime }) => decoder.features(bytes, { mime }),
    failureOf: (lease, { code, detail }) => failureOf(lease, code, detail, []),
    unreadable: (why) => why ?? { code: 'VAULT_MISSING', detail: 'no key opens this media' },
    store: async (trx, found) => {
      await insertSignals(
        trx,
        found.map(({ original, result }) => ({
          contentId: original.contentId,
          seen: { signals: result.signals, decoder: decoderName(result.decoder) },
        })),
      );
      await queueNext(trx, 'parts', found);
    },
    close: () => Promise.resolve(),
  });

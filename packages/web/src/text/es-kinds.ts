// What kind of thing one media or one exhibit is, in Spanish.
import type { kinds as english } from './en-kinds.js';

export const kinds: typeof english = {
  exhibits: {
    folder: 'carpeta',
    zip: 'archivo ZIP',
    tar: 'archivo TAR',
    'tar.gz': 'archivo TAR comprimido',
  },
  media: {
    image: 'imagen',
    video: 'vídeo',
    audio: 'sonido',
    document: 'documento',
    text: 'texto',
    archive: 'archivo comprimido',
    other: 'fichero de otro tipo',
  },
};

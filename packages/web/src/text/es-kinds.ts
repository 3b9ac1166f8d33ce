// What kind of thing one media or one exhibit is, in Spanish.
import type { kinds as english } from './en-kinds.js';

export const kinds: typeof english = {
  exhibits: {
    folder: 'carpeta',
    zip: 'archivo ZIP',
    tar: 'archivo TAR',
    'tar.gz': 'archivo TAR comprimido',
    '7z': 'archivo 7z',
    rar: 'archivo RAR',
    'disk-image': 'imagen de disco',
  },
  deletion: {
    deleted: 'borrado: su carpeta aún lo nombra',
    orphan: 'borrado: ya ninguna carpeta lo nombra',
  },
  thumbnail: 'miniatura de una imagen mayor',
  onlyThumbnail: 'existe solo como miniatura',
  image: {
    title: 'Imagen de disco',
    parts: (parts: number) => `en ${parts} partes`,
    verdicts: {
      verified: 'tiene el hash que guarda',
      differs: 'no tiene el hash que guarda',
      unstated: 'no guarda ningún hash propio',
    },
    stored: 'guardado',
    computed: 'calculado',
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

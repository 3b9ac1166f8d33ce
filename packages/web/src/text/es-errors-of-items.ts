// Spanish words of the codes about one file or one entry of an archive.
import type { ItemErrorCode } from '@redthread/core/errors';
import type { ErrorWords } from './en-errors.js';

const byHash = 'Se compara solo por sus hashes.';
const again = 'Se reintenta; tras dos fallos el archivo queda en cuarentena.';
const restore = 'Restáurelo de la copia de seguridad; redthread verify nombra cada objeto así.';

export const itemErrors: Readonly<Record<ItemErrorCode, ErrorWords>> = {
  FILE_NOT_IN_REPORT: {
    title: 'El informe nombra el archivo, y sus bytes no están en él',
    next: 'Lo que el informe dice de él se conserva. Pida el archivo a quien hizo el informe.',
  },
  FILM_DAMAGED: {
    title: 'El vídeo o el sonido está dañado',
    next: 'Se compara lo que se pudo decodificar; busque una copia completa.',
  },
  FILM_CUT_SHORT: {
    title: 'El decodificador del vídeo o del sonido se detuvo antes del final',
    next: 'Se compara lo que había leído. En un almacén se intentó dos veces; REDTHREAD_DECODER_TIMEOUT_MS y REDTHREAD_DECODER_MEMORY_MB dan más a los siguientes.',
  },
  FILM_NO_STILLS: {
    title: 'No se pudo obtener ninguna imagen del vídeo',
    next: 'Se compara de todos modos; expórtelo para verlo.',
  },
  FILM_CORRUPT: { title: 'El vídeo o el sonido no se puede decodificar', next: byHash },
  FILM_NO_PICTURE: { title: 'El vídeo no tiene imágenes', next: 'Se compara su sonido, si lo tiene.' },
  FILM_TOO_LONG: {
    title: 'La película o el sonido dura más de ocho horas',
    next: 'Se comparan sus primeras ocho horas; corte el resto en archivos aparte si importa.',
  },
  FILM_CODEC_MISSING: {
    title: 'El ffmpeg de este equipo no puede decodificar este códec',
    next: 'Instale una versión más completa de ffmpeg y lea de nuevo el archivo; hasta entonces se compara solo por sus hashes.',
  },
  FILM_DECODER_MISSING: {
    title: 'No hay ffmpeg en este equipo',
    next: 'Instale ffmpeg («npm run setup» indica el paquete); hasta entonces los vídeos y el sonido se comparan solo por sus hashes.',
  },
  ARCHIVE_PROGRAM_MISSING: {
    title: 'El programa que abre esta clase de archivo comprimido no está en este equipo',
    next: 'Instale 7-Zip («npm run setup» indica el paquete) y repita la misma incorporación; hasta entonces no se ha leído nada del archivo.',
  },
  DISK_PROGRAM_MISSING: {
    title: 'Los programas que leen imágenes de disco no están en este equipo',
    next: 'Instale sleuthkit («npm run setup» indica el paquete) y repita la misma incorporación; hasta entonces no se ha leído nada de la imagen.',
  },
  DISK_IMAGE_INCOMPLETE: {
    title: 'Faltan partes de una imagen de disco dividida',
    next: 'Ponga todas sus partes (.E01, .E02 … o .001, .002 …) en una carpeta e incorpórela de nuevo.',
  },
  DISK_IMAGE_CORRUPT: {
    title: 'La imagen de disco no se puede leer',
    next: 'Lo leído antes se conserva; busque otra copia de la imagen.',
  },
  DISK_IMAGE_HASH_DIFFERS: {
    title: 'La imagen de disco no es lo que dice el hash que guarda',
    next: 'Compárela con la copia de quien la hizo antes de fiarse de ella; lo que contiene se ha incorporado tal como está.',
  },
  FILE_SYSTEM_UNKNOWN: {
    title: 'Ahí no se encontró ningún sistema de archivos que se pueda leer',
    next: 'Puede estar vacío, cifrado o ser de una clase que sleuthkit no lee: ábralo con otra herramienta e incorpore los archivos.',
  },
  DELETED_CONTENT_GONE: {
    title: 'El contenido de un archivo borrado ya no está',
    next: 'Se conservan su nombre y sus fechas; busque una copia en otra parte.',
  },
  FILE_EMPTY: { title: 'El archivo está vacío', next: 'Nada que comparar; la aparición se conserva.' },
  FILE_UNREADABLE: {
    title: 'El archivo no se pudo leer',
    next: 'Compruebe los permisos y el soporte, e incorpórelo de nuevo.',
  },
  FILE_CHANGED: {
    title: 'La fuente cambió mientras se leía o después',
    next: 'Incorpore de nuevo el indicio desde la copia sellada.',
  },
  FILE_MISSING: {
    title: 'El archivo de origen ya no está',
    next: 'Monte de nuevo el indicio y repita la incorporación.',
  },
  FILE_TOO_LARGE: {
    title: 'El archivo supera el límite de decodificación',
    next: 'Se almacena y se compara solo por sus hashes.',
  },
  TYPE_MISMATCH: {
    title: 'La extensión no corresponde al tipo real',
    next: 'Se usó el tipo real; no hay que hacer nada.',
  },
  IMAGE_TRUNCATED: {
    title: 'La imagen termina antes de tiempo',
    next: 'Se compara lo que se pudo decodificar; busque una copia completa.',
  },
  IMAGE_CORRUPT: { title: 'La imagen no se puede decodificar', next: byHash },
  IMAGE_TOO_LARGE: {
    title: 'La imagen tiene más píxeles que el límite',
    next: 'Suba REDTHREAD_MAX_PIXELS si se fía de ella.',
  },
  IMAGE_UNSUPPORTED: { title: 'Ningún decodificador para este tipo', next: byHash },
  DECODER_TIMEOUT: { title: 'El decodificador tardó demasiado', next: again },
  DECODER_MEMORY: { title: 'El decodificador usó demasiada memoria', next: again },
  DECODER_DIED: { title: 'El decodificador murió', next: again },
  DECODER_QUARANTINED: {
    title: 'El archivo detuvo dos veces su decodificador',
    next: 'Está en cuarentena; reinténtelo a mano después de una actualización.',
  },
  FILE_SET_ASIDE: {
    title: 'Alguien apartó el archivo después de que fallara su trabajo',
    next: 'Ningún proceso lo abre; reinténtelo por su id. para que se pruebe de nuevo.',
  },
  METADATA_UNREADABLE: {
    title: 'Los metadatos no se pudieron leer',
    next: 'La imagen en sí no está afectada.',
  },
  ARCHIVE_CORRUPT: {
    title: 'El archivo comprimido está dañado',
    next: 'Se conservan las entradas anteriores al daño; busque una copia completa.',
  },
  ARCHIVE_ENCRYPTED: {
    title: 'La entrada del archivo comprimido está protegida con contraseña',
    next: 'Incorpórelo de nuevo con su contraseña: --password-file ARCHIVO o --ask-password.',
  },
  ARCHIVE_BOMB: {
    title: 'El archivo comprimido se expande más allá de sus límites',
    next: 'No se sigue abriendo; suba el límite solo si se fía de él.',
  },
  ARCHIVE_TOO_DEEP: {
    title: 'Archivos comprimidos anidados a demasiada profundidad',
    next: 'Se almacena, pero no se abre.',
  },
  ARCHIVE_METHOD_UNSUPPORTED: {
    title: 'El archivo comprimido usa un método de compresión desconocido',
    next: 'Vuelva a comprimirlo e incorpore el resultado.',
  },
  PATH_HOSTILE: {
    title: 'El nombre apunta fuera del archivo comprimido',
    next: 'El contenido se conserva con un nombre seguro; el nombre original figura en el elemento.',
  },
  LINK_SKIPPED: {
    title: 'No se siguió un enlace',
    next: 'Incorpore su destino aparte si pertenece al indicio.',
  },
  SPECIAL_FILE_SKIPPED: {
    title: 'No es un archivo normal',
    next: 'Los dispositivos, tuberías y sockets no tienen contenido que comparar.',
  },
  VAULT_CORRUPT: { title: 'Un objeto almacenado no supera su sello', next: restore },
  VAULT_MISSING: { title: 'Un objeto almacenado ya no está', next: restore },
};

// What the page says that brings an exhibit in, in Spanish.
import type * as en from './en-upload.js';
import { plural } from './es-plural.js';
import { count } from './format.js';

const files = (n: number): string => plural(n, 'archivo', 'archivos');

export const upload: typeof en.upload = {
  title: 'Añadir un indicio',
  exhibit: 'Indicio, p. ej., 7',
  exhibitHint: 'A un indicio que ya está aquí se le añaden los archivos; lo que ya contiene no se envía otra vez.',
  viewed: '¿Comunicó un proveedor estos archivos?',
  viewing: {
    'nothing-said': 'No, o no se sabe nada de ello',
    'none-viewed': 'Sí, y no ha visto ninguno de ellos',
    list: 'Sí, y una lista dice cuáles ha visto',
  },
  viewingHint:
    'Un archivo que el proveedor no ha visto se compara por sus hashes, y nadie lo abre antes de que conste una base legal.',
  list: 'Lista de path,viewed',
  drop: (most) => `Suelte aquí hasta ${files(most)}, carpetas, o un ZIP, TAR o TAR.GZ`,
  chooseFiles: 'Elegir archivos',
  chooseFolder: 'Elegir una carpeta',
  reading: 'Recorriendo las carpetas…',
  chosen: (n, size) => `${files(n)}, ${size}`,
  archive: (name, size) => `${name}, ${size}: el servidor lo abre cuando haya llegado`,
  nothingChosen: 'No contenía nada.',
  how: 'Los hashes de los archivos se calculan en este navegador. Lo que su agencia ya tiene no se envía. Las imágenes se ven cuando el servidor las ha decodificado; aquí no se muestra nada de ellas.',
  send: 'Enviar',
  sending: (exhibit) => `Enviando el indicio ${exhibit}`,
  exhibitNamed: (exhibit) => `Indicio ${exhibit}`,
  elsewhere: (exhibit, caseReference) =>
    `El indicio ${exhibit} de ${caseReference} se está enviando desde esta ventana; se puede empezar otro cuando termine.`,
  stages: { files: 'Archivos', hashed: 'Con hash', there: 'En el servidor' },
  unchanged: (n) =>
    plural(
      n,
      'archivo ya está en el indicio y no se lee otra vez',
      'archivos ya están en el indicio y no se leen otra vez',
    ),
  stay: 'Entretanto se pueden abrir otras páginas; esta ventana tiene que seguir abierta. Si se cierra, elija de nuevo los mismos archivos: continúa donde estaba.',
  waiting: 'Esperando al servidor; continúa automáticamente.',
  stop: 'Cancelar',
  stopping: 'Terminando lo que está en curso…',
  ends: {
    sent: 'Todo está en el servidor.',
    stopped: 'Cancelado. Lo almacenado permanece, y no se envía otra vez.',
    failed: 'Se interrumpió. Lo almacenado permanece, y no se envía otra vez.',
  },
  goOn: 'Continuar',
  open: (exhibit) => `Abrir el indicio ${exhibit}`,
  another: 'Añadir otros archivos',
  failures: (n) => plural(n, 'archivo con observaciones', 'archivos con observaciones'),
  next: 'Qué hacer',
  interrupted:
    'Se envió desde un navegador y no ha llegado a su fin. Elija de nuevo los mismos archivos: continúa donde estaba.',
  note: (exhibit, done, total) => `enviando ${exhibit}: ${count(done)} de ${count(total)}`,
};

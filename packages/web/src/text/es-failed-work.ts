// Text about what failed in an exhibit, in Spanish.
import type * as en from './en-failed-work.js';
import { plural } from './es-plural.js';
import { count } from './format.js';

export const failedWork: typeof en.failedWork = {
  noFailures: 'Todos los archivos se pudieron usar.',
  failures: (n) => plural(n, 'archivo con observaciones', 'archivos con observaciones'),
  doing: 'Qué hacer',
  retry: 'Reintentar',
  retryAll: 'Reintentar todo lo que falló',
  retryAllHint:
    'Merece la pena tras una actualización, o si a la máquina le faltó memoria. Lo que detuvo dos veces su decodificador, y lo que alguien apartó, queda fuera: reinténtelo uno a uno.',
  retried: (n) => `${count(n)} esperan a que se reintenten.`,
  setAside: 'Apartar',
  setAsideReason: 'Por qué ningún proceso debe volver a abrirlo',
  aside: 'apartado',
  again: 'Incorpore de nuevo el indicio cuando el archivo se pueda leer.',
};

// Text of the queue of what may be first generation, in Spanish.
import type * as en from './en-first-generation.js';
import { plural } from './es-plural.js';

export const firstGeneration: typeof en.firstGeneration = {
  title: 'Puede venir directamente de una cámara',
  note: 'Nuevo aquí, ordenado por las huellas de cómo se hizo y se difundió. Lo que muestra no interviene.',
  traces: (n) => plural(n, 'huella', 'huellas'),
  fewer: 'Mostrar menos',
};

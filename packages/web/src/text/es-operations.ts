// Text of what waits for somebody in an operation, in Spanish.
import type * as en from './en-operations.js';
import { plural } from './es-plural.js';

export const openQuestions: typeof en.openQuestions = {
  title: 'Cuestiones pendientes',
  nothing: 'Aquí no hay nada que espere a nadie.',
  unseen: 'nuevos, y nadie los ha visto',
  connections: 'conexiones sobre las que nadie ha decidido',
  disputed: 'con votos contrapuestos',
  second: 'esperan un voto suyo',
  asked: 'solicitudes que esperan a alguien',
  failed: 'archivos de los que una fase no obtuvo nada',
  failedIn: (exhibits) => `archivos de los que una fase no obtuvo nada, en ${plural(exhibits, 'indicio', 'indicios')}`,
};

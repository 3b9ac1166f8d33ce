// Text of an operation, and of what waits for somebody in it, in Spanish.
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

export const operation: typeof en.operation = {
  byAgency: 'Agencias',
  connections: 'Conexiones más fuertes',
  exhibits: 'Indicios',
  noExhibits: 'Aún no hay ningún indicio. Incorpore el primero:',
  command: 'redthread ingest CARPETA --case CASO --exhibit 1',
  noConnections: 'Nada conecta todavía dos indicios.',
  files: 'Archivos',
  bytes: 'Volumen',
  cases: 'Casos',
  unreadable: 'Ilegibles',
  allOf: (country, n) => `${country}: ${n} agencias en conjunto`,
  share: 'Qué son los contenidos',
  counted:
    'Archivos y contenidos hasta donde usted los ve, cada número con su lista. Un contenido que tienen varias agencias se cuenta una vez, para la primera que pudo decodificarlo.',
};

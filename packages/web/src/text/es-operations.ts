// Text of operations, and of what waits for somebody in one, in Spanish.
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
  undated: 'exportaciones de chats que preguntan el orden de sus fechas',
  failed: 'archivos de los que una fase no obtuvo nada',
  failedIn: (exhibits) => `archivos de los que una fase no obtuvo nada, en ${plural(exhibits, 'indicio', 'indicios')}`,
};

export const operations: typeof en.operations = {
  title: 'Operaciones',
  empty: 'Aún no pertenece a ninguna operación.',
  teach: 'Una operación reúne los casos de varias agencias. La crea quien administra esta instancia:',
  command: 'redthread operation add OP-2026-01 --name "Tantalus"',
  own: 'Casos fuera de toda operación',
  ownTeach: 'Aún no hay ningún caso. Cree uno, y después incorpore su primer indicio:',
  ownCommand: 'redthread case add ES-2026-014 --title "…"',
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

// What the pages of cases and exhibits say of custody and holds, in Spanish.
import type * as en from './en-custody.js';

export const custody: typeof en.custody = {
  title: 'Cadena de custodia',
  none: 'Aún no consta nada.',
  at: 'Cuándo',
  event: 'Qué',
  person: 'Quién',
  way: 'De, a',
  reason: 'Motivo',
  request: 'Solicitud',
  events: {
    registered: 'registrado',
    ingested: 'incorporado',
    moved: 'trasladado',
    withdrawn: 'retirado',
    'brought-back': 'devuelto',
    'handed-over': 'cedido',
    received: 'recibido',
    purged: 'purgado',
    destroyed: 'destruido',
    'hold-placed': 'retención impuesta',
    'hold-released': 'retención levantada',
  },
  withSecond: (person, second) => `${person}, confirmado por ${second}`,
  from: (from, to) => [from, to].filter((end) => end !== null).join(' → '),
  hold: {
    title: 'Retención legal',
    none: 'Ninguna. Mientras haya una retención, nada del caso se destruye, se purga ni se cede, lo haya acordado quien lo haya acordado.',
    since: 'Desde',
    by: 'Impuesta por',
    place: 'Imponer una retención',
    release: 'Levantar la retención',
  },
};

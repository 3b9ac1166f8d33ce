// What the page of a case says of contacts in other agencies, in Spanish.
import type * as en from './en-contacts.js';

export const contacts: typeof en.contacts = {
  title: 'A quién preguntar en otras agencias',
  means: {
    open: 'Si otra agencia tiene lo mismo que este caso y no comparte nada, a su personal se le dice a quién preguntar allí, y al de ella a quién preguntar aquí. No se dice nada más.',
    'one-way':
      'Si otra agencia tiene lo mismo que este caso, a su personal se le dice a quién preguntar allí. Al personal de ella no se le dice nada de este caso.',
    silent: 'No se dice nada a nadie: ni a su personal sobre otros, ni a otros sobre este caso.',
  },
  modes: {
    open: 'abierto: se le informa, y se informa de él',
    'one-way': 'unidireccional: se le informa, y no se informa de él',
    silent: 'silencioso: ninguna de las dos cosas',
  },
  mode: 'Lo que dice el caso, a partir del día siguiente',
  change: 'Cambiar',
  toldOn: 'Comunicado el',
  officer: 'Preguntar a',
  noReach: 'no se indica cómo localizar a esta persona',
  grade: 'Grado',
  reference: 'Referencia',
  status: 'Situación',
  statuses: { new: 'nuevo', acknowledged: 'recibido', contacted: 'contactado', closed: 'cerrado' },
  settled: {
    shared: (on) => `compartido desde ${on}: usted ve las propias coincidencias`,
    ended: (on) => `terminado el ${on}: este caso ya no lo contiene`,
  },
  said: (by, note) => `${by}: ${note}`,
  open: 'Responder',
  answer: (reference) => `Responder a ${reference}`,
  note: 'Qué se hizo',
  keep: 'Guardar',
};

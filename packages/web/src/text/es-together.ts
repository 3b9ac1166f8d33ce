// Text of what people do together in an operation, a case or a series, in Spanish: notes and tasks.
import type * as en from './en-together.js';
import { plural } from './es-plural.js';

export const notes: typeof en.notes = {
  title: 'Notas',
  none: 'Aquí aún no hay nada escrito. Una nota llega hasta donde permite su código de difusión, entre quienes ven esto.',
  text: 'Lo que hay que decir',
  handling: 'Hasta dónde llega',
  write: 'Escribir una nota',
  answer: 'Responder',
  send: 'Escribir',
  fresh: 'nueva',
  by: (login, agency) => `${login}, de ${agency}`,
  takenBack: (reason) => `retirada: ${reason}`,
  readBy: (n, names) => `leída por ${plural(n, 'persona', 'personas')}: ${names}`,
  unread: 'nadie la ha leído aún',
};

export const tasks: typeof en.tasks = {
  title: 'Tareas',
  none: 'No hay nada por hacer.',
  set: 'Encargar una tarea',
  task: 'Lo que hay que hacer',
  detail: 'Lo que conviene saber',
  due: 'Hasta',
  late: (day) => `${day}, con retraso`,
  agency: 'Agencia que la hace',
  person: 'Colega, por su usuario',
  states: { open: 'pendiente', doing: 'en curso', done: 'hecha', dropped: 'abandonada' },
  state: 'Estado',
  note: 'Lo que se hizo',
  step: 'Avanzar',
  keep: 'Guardar',
  doer: (agency, person) => (person === null ? agency : `${person} (${agency})`),
  setBy: (login, agency) => `encargada por ${login}, de ${agency}`,
  all: 'También lo terminado',
};

// Text of what people do together in an operation, a case or a series, in Spanish: notes, tasks, questions to other countries.
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
  doneBy: 'Quién la hace',
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

export const asks: typeof en.asks = {
  title: 'Preguntas a otros países',
  none: 'Nadie pregunta nada. Una pregunta empieza en la página de una imagen: elija una parte que no muestre a ninguna víctima.',
  askAbout: 'Preguntar a otros países',
  ask: 'Preguntar',
  means:
    'Solo sale esta parte, rehecha a partir de sus píxeles, y solo cuando una segunda persona la ha visto y ha confirmado que no muestra a ninguna víctima.',
  asked: (number) => `Preguntado como ${number}; sale cuando una segunda persona lo haya confirmado.`,
  fromCase: 'Caso del que procede',
  noCase:
    'Una pregunta va a los miembros de una operación: ningún caso abierto de su agencia con esta imagen está en una.',
  question: 'Pregunta',
  countries: 'Países, dos letras cada uno; ninguno: todos',
  everybody: 'todos los miembros',
  until: (day) => `hasta ${day}`,
  crop: (number) => `Recorte de la pregunta ${number}`,
  veiled: 'se muestra mientras se mantiene pulsado o abierto',
  states: {
    waiting: 'espera a una segunda persona',
    sent: 'enviada',
    refused: 'rechazada',
    withdrawn: 'retirada',
    closed: 'cerrada',
  },
  waitsFor: (second) => (second === null ? 'espera a una segunda persona' : `espera a que ${second} lo vea`),
  decided: (state, by, reason) => `${state} por ${by}${reason === '' ? '' : `: ${reason}`}`,
  confirm: 'No muestra a ninguna víctima: enviar',
  refuse: 'Rechazar',
  lookFirst: 'Vea antes el recorte.',
  withdraw: 'Retirar',
  close: 'Cerrar',
  saying: '¿Lo conoce?',
  says: { known: 'conocido', perhaps: 'quizá', unknown: 'no conocido' },
  answerText: 'Lo que sabe',
  answer: 'Responder',
  answerTo: (number) => `Responder a ${number}`,
};

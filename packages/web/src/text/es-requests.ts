// What the page of requests says, in Spanish: what each does, what of it cannot be undone, and what of it remains.
import type { RequestKind, TwoPersonRequest } from '@redthread/core/contract';
import type * as en from './en-requests.js';
import { plural } from './es-plural.js';

type May = TwoPersonRequest['may'][number];
type Asked = Exclude<RequestKind, 'undo'>;
type Undoable = 'exhibit-move' | 'exhibit-withdraw';

const kinds: Readonly<Record<Asked, string>> = {
  'case-destroy': 'Destruir el caso',
  'case-transfer': 'Ceder el caso',
  'exhibit-move': 'Trasladar el indicio',
  'exhibit-withdraw': 'Retirar el indicio',
  purge: 'Purgar lo retirado',
};

const undone: Readonly<Record<Undoable, string>> = {
  'exhibit-move':
    'El indicio vuelve al caso del que vino, con sus archivos, claves, coincidencias y conexiones tal como están ahora.',
  'exhibit-withdraw':
    'El indicio vuelve a su caso con los archivos, metadatos, bases legales, veredictos y claves que se apartaron. Las coincidencias y las pilas se calculan de nuevo. Si entretanto se incorporó el mismo contenido, sus archivos remiten a ese, y un voto que su votante haya sustituido queda sustituido.',
};

const consequences: Readonly<Record<Asked, string>> = {
  'case-destroy':
    'Primero desaparece la clave del caso: nada en este almacén abre ya lo que solo esa clave abría. Después desaparecen sus archivos, los indicios que se retiraron de él, los objetos sellados que ningún otro caso de su agencia necesita y las señales que nadie más tiene. Esto no se puede deshacer.',
  'case-transfer':
    'Se pregunta a la otra agencia si acepta el caso; hasta que lo haga, nada cambia. Entonces pasan los indicios, archivos, veredictos y la cadena de custodia, bajo claves propias de ella, y aquí desaparece lo que ningún otro caso de su agencia necesita. Queda la línea del caso, y su cadena de custodia para auditores, coordinadores y administradores. Usted no puede deshacerlo: solo la otra agencia puede devolver el caso.',
  'exhibit-move':
    'El indicio pasa al otro caso con sus archivos, claves, coincidencias y conexiones, y a partir de entonces rige el acceso a ese caso. Se puede deshacer mientras el indicio no haya seguido más allá.',
  'exhibit-withdraw':
    'Nadie ve ya el indicio; sus filas y objetos sellados quedan apartados. Lo que también contiene otro indicio permanece allí. Su cadena de custodia queda, para auditores, coordinadores y administradores. Se puede deshacer hasta que se purgue o se destruya el caso.',
  purge:
    'Lo que se apartó del indicio se elimina, salvo lo que otro indicio necesita. La clave del caso permanece. Esto no se puede deshacer.',
};

const remains: Readonly<Partial<Record<Asked, string>>> = {
  'case-destroy':
    'Qué queda: las fuentes en su sitio y aquellas de las que se tomaron indicios; lo revelado, descargado, exportado o copiado a mano; el registro de auditoría, la cadena de custodia, las solicitudes y la línea del caso sin su título. Las copias de seguridad anteriores y el registro de escritura anticipada de la base de datos, hasta que se reutilice, conservan aún la clave envuelta, que la clave maestra abre. Un acta firmada dice qué se destruyó y qué queda.',
  purge:
    'Qué queda: la fuente del indicio; lo revelado, descargado, exportado o copiado a mano; el registro de auditoría, la cadena de custodia y las solicitudes; las copias de seguridad anteriores, y el registro de escritura anticipada de la base de datos hasta que se reutilice. Un acta firmada dice qué se eliminó y qué queda.',
};

const isUndoable = (kind: RequestKind | null): kind is Undoable =>
  kind === 'exhibit-move' || kind === 'exhibit-withdraw';

const onlyAsked = 'Esto se pide a una segunda persona; hasta que otra lo confirme, no ocurre nada.';
const nothingDone = 'No se hace nada de ello, y ya no se puede confirmar.';

/** What carrying out a request does, as paragraphs. */
const does = (kind: RequestKind, undoes: RequestKind | null): readonly string[] => {
  if (kind === 'undo') return isUndoable(undoes) ? [undone[undoes]] : [];
  return [consequences[kind], remains[kind]].filter((text) => text !== undefined);
};

/** What the viewer brings about by a step, as paragraphs. */
const means = (verb: May, { kind, undoes }: Pick<TwoPersonRequest, 'kind' | 'undoes'>): readonly string[] => {
  switch (verb) {
    case 'confirm':
      return does(kind, undoes);
    case 'accept':
      return [
        'El caso pasa a su agencia con sus indicios, archivos, veredictos y cadena de custodia, bajo claves propias; el contenido que ya tiene no se almacena otra vez. No puede deshacerlo: puede devolver el caso, para lo que hacen falta dos personas de su agencia.',
      ];
    case 'refuse':
      return [`${nothingDone} Se avisa a quien lo pidió.`];
    case 'cancel':
      return [nothingDone];
    case 'undo':
      return [onlyAsked, ...does('undo', kind)];
    case 'purge':
      return [onlyAsked, ...does('purge', null)];
  }
};

export const requests: typeof en.requests = {
  title: 'Solicitudes',
  waiting: 'Abiertas',
  all: 'Todas',
  empty: 'No hay ninguna solicitud abierta.',
  teach:
    'Trasladar o retirar un indicio, ceder o destruir un caso, deshacer y purgar requieren dos personas: una lo pide, otra lo confirma en su propia sesión. Lo concluido figura en Todas.',
  command: 'redthread exhibit move ES-1/7 --to-case ES-2 --reason "incautado en el otro domicilio"',
  means,
  ask: (kind) => `Pedir: ${kinds[kind].toLowerCase()}`,
  askMeans: (kind) => [onlyAsked, ...does(kind, null)],
  asked: (number) => `${number} espera ahora a una segunda persona.`,
  toCase: 'Referencia del caso al que va',
  toAgency: 'Nombre de la agencia a la que va',
  leaveInPlace: 'las fuentes que están en su sitio se quedan allí, y el registro lo dice',
  states: {
    requested: 'espera a una segunda persona',
    offered: 'espera a la otra agencia',
    approved: 'acordada, a punto de empezar',
    running: 'en curso',
    done: 'ejecutada',
    refused: 'denegada',
    cancelled: 'retirada',
    expired: 'caducada',
    failed: 'fallida, no se ha hecho nada',
  },
  verbs: {
    confirm: 'Confirmar',
    refuse: 'Denegar',
    cancel: 'Retirar',
    accept: 'Aceptar el caso',
    undo: 'Pedir deshacer',
    purge: 'Pedir purgar',
  },
  what: (kind, undoes, of) =>
    kind === 'undo' ? `Deshacer ${of ?? ''}: ${isUndoable(undoes) ? kinds[undoes].toLowerCase() : ''}` : kinds[kind],
  to: (to) => `a ${to}`,
  by: (who, at) => `${who}, ${at}`,
  askedBy: 'Pedida por',
  reason: 'Motivo',
  second: 'Segunda persona',
  anybody: 'cualquier otra autorizada',
  openUntil: 'Abierta hasta',
  confirmed: 'Confirmada por',
  refused: 'Denegada por',
  because: 'Porque',
  taken: 'Aceptada por',
  ended: 'Terminada',
  notes: 'A saber',
  progress: 'Progreso',
  error: 'Error',
  yourReason: 'Su motivo',
  yourReasonIfAny: 'Su motivo, si lo indica',
  reference: 'Su referencia aquí, si es otra',
  done: (n, total) => `${n} de unos ${plural(total, 'archivo', 'archivos')}`,
  said: {
    confirm: (number) => `${number} está confirmada; lo que resulte de ella figura en Todas.`,
    refuse: (number) => `${number} está denegada.`,
    cancel: (number) => `${number} está retirada.`,
    accept: (number) => `Se ha aceptado el caso de ${number}; lo que resulte de ello figura en Todas.`,
    undo: (number) => `${number} espera ahora a una segunda persona.`,
    purge: (number) => `${number} espera ahora a una segunda persona.`,
  },
};

// What notices say, in Spanish.
import type * as en from './en-notices.js';
import { grades } from './es-grades.js';
import { standing } from './es-standing.js';

type Detail = Readonly<Record<string, string>>;

/** How many files of which exhibits a list names. */
const heldIn = ({ exhibit, exhibits, media }: Detail): string =>
  `${media} de los archivos de ${exhibits === '1' ? exhibit : `${exhibits} de sus indicios, entre ellos ${exhibit}`}`;

const gradeOf = (grade: string | undefined): string =>
  new Map<string, string>(Object.entries(grades)).get(grade ?? '') ?? grade ?? '';

/** What a note or a task is about, and how the task ended. */
const kinds: Detail = { operation: 'una operación', case: 'un caso', series: 'una serie', media: 'un medio' };
const states: Detail = { done: 'hecha', dropped: 'abandonada' };

/** Qué ha sido de la cuenta propia. */
const account: Readonly<Record<string, (name: string) => string>> = {
  password: () => 'Tiene una contraseña nueva',
  'factor-added': (name) => `Se añadió a su cuenta el segundo factor ${name}`,
  'factor-removed': (name) => `Se retiró de su cuenta el segundo factor ${name}`,
  'recovery-codes': () => 'Tiene códigos de recuperación nuevos',
  'recovery-code-used': () => 'Se usó uno de sus códigos de recuperación',
  'key-made': (name) => `Se creó en su nombre la clave de API ${name}`,
  'key-ended': (name) => `Su clave de API ${name} ha terminado`,
  'provider-bound': (name) => `Una persona de ${name} puede ahora iniciar sesión como usted`,
  'provider-changed': (name) => `Otra persona de ${name} puede ahora iniciar sesión como usted`,
  'provider-removed': (name) => `Ya nadie de ${name} puede iniciar sesión como usted`,
};

export const notices: typeof en.notices = {
  title: 'Avisos',
  bell: (n) => (n === 0 ? 'Avisos' : `Avisos, ${n} sin leer`),
  empty: 'No hay nada que comunicarle.',
  teach:
    'Aquí aparecen las invitaciones a operaciones, los accesos de emergencia a sus casos, las agencias que contactar, las listas que mencionan lo que hay en sus indicios y lo que encuentran sus búsquedas guardadas.',
  unread: 'Solo sin leer',
  all: 'Todos',
  readAll: 'Marcar todos como leídos',
  read: 'Marcar como leído',
  open: 'Abrir',
  standing,
  words: {
    invitation: ({ agency, officer, operation }) =>
      `${officer}, de ${agency}, invita a su agencia a la operación ${operation}`,
    'invitation-answered': ({ agency, answer, operation }) =>
      `${agency} ${answer === 'accepted' ? 'se ha unido' : 'ha rechazado unirse'} a la operación ${operation}`,
    'access-given': ({ agency, officer, reference }) => `${officer}, de ${agency}, le da acceso al caso ${reference}`,
    'break-glass': ({ agency, officer, reference, reason }) =>
      `${officer}, de ${agency}, ha usado el acceso de emergencia a su caso ${reference}: ${reason}`,
    'break-glass-ended': ({ reference }) =>
      `Su acceso de emergencia al caso ${reference} lo terminó la agencia titular`,
    request: ({ by, case: reference, number }) =>
      `${by} pide una segunda persona en el caso ${reference} (solicitud ${number})`,
    'request-answered': ({ case: reference, answer, number }) =>
      `La solicitud ${number} en el caso ${reference} ${answer === 'done' ? 'se ha ejecutado' : answer === 'refused' ? 'fue denegada' : 'falló'}`,
    contact: ({ agency, officer, grade, case: reference, urgent }) =>
      `${urgent === undefined ? '' : 'Urgente, hay un menor en riesgo: '}${officer}, de ${agency}, trabaja en lo que contiene el caso ${reference} (${gradeOf(grade)}): pregúntele`,
    'list-hits': (detail) => `La lista ${detail['list']} ${detail['version']} menciona ${heldIn(detail)}`,
    'list-ended': (detail) =>
      `La lista ${detail['list']} ${detail['version']} ya no cuenta: mencionaba ${heldIn(detail)}`,
    'list-damaged': ({ list, version, code, about }) =>
      `Los archivos de ${list === undefined ? `una lista (VAULT/lists/${about})` : `la lista ${list} ${version}`} están dañados (${code}): repóngalos, y después ejecute redthread list check`,
    'list-flood': ({ list, files }) =>
      `Un hash de la lista ${list} está en ${files} archivos: se ha apartado hasta que alguien diga qué es`,
    'at-risk': ({ subject, name, agency, officer, reason, until }) =>
      `Menor en riesgo ahora: ${officer}, de ${agency}, marcó ${subject === 'case' ? 'el caso' : 'la serie'} ${name}, hasta el ${until} UTC: ${reason}`,
    'at-risk-ended': ({ subject, name }) =>
      `Su marca en ${subject === 'case' ? 'el caso' : 'la serie'} ${name} ha vencido: si el riesgo continúa, márquelo de nuevo`,
    outcome: ({ agency, media }) =>
      `Una serie a la que su agencia contribuyó está identificada, dice ${agency}${media === '0' ? '' : `; ${media} de sus medios pertenecen a ella`}`,
    'outcome-withdrawn': ({ agency }) =>
      `${agency} retiró que esté identificada una serie a la que su agencia contribuyó`,
    'standing-hits': ({ search, added }) => `Su búsqueda guardada ${search} ha encontrado ${added} más`,
    'standing-ended': ({ search }) => `El plazo de su búsqueda guardada ${search} ha terminado: ya no busca`,
    note: ({ agency, by, on }) => `${by}, de ${agency}, ha escrito una nota en ${kinds[on ?? ''] ?? on}`,
    'note-answered': ({ agency, by, on }) =>
      `${by}, de ${agency}, responde en un hilo suyo en ${kinds[on ?? ''] ?? on}`,
    task: ({ agency, by, on, due }) =>
      `${by}, de ${agency}, le encarga una tarea en ${kinds[on ?? ''] ?? on}${due === '' ? '' : `, hasta ${due}`}`,
    'task-ended': ({ agency, by, on, state }) =>
      `${by}, de ${agency}: su tarea en ${kinds[on ?? ''] ?? on} está ${states[state ?? ''] ?? state}`,
    ask: ({ agency, by, number, due }) => `${by}, de ${agency}, pregunta a su país (${number}), hasta ${due}`,
    'ask-second': ({ by, number }) =>
      `${by} pide que una segunda persona vea un recorte antes de que salga (${number})`,
    'ask-refused': ({ by, number }) => `${by} ha rechazado su pregunta ${number}`,
    account: ({ what, name, by }) => `${account[what ?? '']?.(name ?? '') ?? what}${by === '' ? '' : `, por ${by}`}`,
    'ask-answered': ({ agency, by, number }) => `${by}, de ${agency}, responde a su pregunta ${number}`,
    'case-offered': ({ agency, case: reference, number }) =>
      `${agency} ofrece a su agencia el caso ${reference} (solicitud ${number})`,
  },
};

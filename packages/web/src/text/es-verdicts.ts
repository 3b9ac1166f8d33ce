// Text of verdicts in Spanish: votes, what they come to, the queue, the test before a vote.
import type * as en from './en-verdicts.js';
import { plural } from './es-plural.js';
import { count } from './format.js';

const media = (n: number): string => plural(n, 'medio', 'medios');

export const verdicts: typeof en.verdicts = {
  title: 'Veredictos',
  one: 'Veredicto',
  keysOf: (scheme) => `Votar en ${scheme}`,
  cannotSay: 'no se puede determinar',
  vote: (code, title) => `${code} ${title}`,
  stackHint: (n) => `Las teclas votan para toda la pila, ${media(n)}: para los que no ha revelado, «por pila».`,
  note: 'Nota al voto',
  noteColumn: 'Nota',
  state: { decided: 'decidido', waiting: 'espera más', disputed: 'discutido' },
  missing: (n, quorum) => `${n === 1 ? 'falta' : 'faltan'} ${count(n)} de ${count(quorum)}`,
  dissent: (n) => `${plural(n, 'voto', 'votos')} en contra`,
  against: (n) => plural(n, 'voto contrapuesto', 'votos contrapuestos'),
  couldNotSay: (n) => `${count(n)} sin poder determinarlo`,
  none: 'Nadie ha votado sobre ello.',
  seen: { looked: 'lo vio', 'by-stack': 'por pila', 'not-looked': 'no lo vio' },
  seenHint: {
    looked: 'Esta persona lo reveló antes de votar; el registro lo muestra.',
    'by-stack': 'Reveló otro de su pila y votó para toda ella.',
    'not-looked': 'Se conserva, y no cuenta para nada: revélelo, y vote de nuevo.',
  },
  seenOwn: {
    looked: 'Lo ha visto, como muestra el registro.',
    'by-stack': 'Por pila: reveló otro de ella.',
    'not-looked': 'No lo ha visto, así que no cuenta para nada: revélelo, y vote de nuevo.',
  },
  before: 'El anterior:',
  tile: { decided: 'decidido', waiting: 'espera más votos', disputed: 'votos contrapuestos' },
  opinion: (agency) => `${agency}, una opinión`,
  by: 'Por',
  code: 'Código',
  who: 'Visto',
  takenBack: 'Retirado',
  onLists: 'En listas, aparte de eso: ningún examinador lo ha visto por ellas.',
  kept: (n) => `${media(n)} de la pila ${n === 1 ? 'queda' : 'quedan'} como usted juzgó por separado.`,
  cast: (code) => `Votado ${code}.`,
  stretch: ({ votes, notLooked, kept, closed, claimed }) =>
    [
      `Votado para ${media(votes)}.`,
      ...(notLooked > 0 ? [`No ha visto ${count(notLooked)}: sus votos ahí no cuentan para nada.`] : []),
      ...(kept > 0 ? [`Sin cambios, como usted juzgó por separado: ${count(kept)}.`] : []),
      ...(claimed > 0 ? [`Omitidos porque otra persona trabaja en ellos: ${count(claimed)}.`] : []),
      ...(closed > 0 ? [`Omitidos por estar cerrados: ${count(closed)}.`] : []),
    ].join(' '),
  queues: { disagreement: 'Desacuerdo', 'second-look': 'Segunda revisión' },
  queueEmpty: { disagreement: 'No hay votos contrapuestos.', 'second-look': 'Nada espera un voto suyo.' },
  queueTeach: 'En la revisión y en la página de un medio votan las teclas del esquema; ? las muestra. En un terminal:',
  queueCommand: 'redthread verdict queue',
  votes: 'Votos',
  lastVote: 'Último voto',
  picture: 'Imagen',
  rule: (scheme, quorum) => `${scheme}, ${plural(quorum, 'voto sin discusión', 'votos sin discusión')}`,
  tests: 'La prueba antes de votar',
  testWhy:
    'Antes de votar en una versión de un esquema, nombre con sus códigos signos en habitaciones dibujadas. Vale por un año.',
  begin: (scheme) => `Hacer la prueba de ${scheme}`,
  passed: (until) => `superada, vale hasta ${until}`,
  failed: (right, of) => `no superada: ${count(right)} de ${count(of)} correctas`,
  open: 'sin responder',
  noTest: 'No ha superado ninguna prueba de esta versión que siga vigente.',
  sign: 'Signo',
  standsFor: 'Representa',
  pictureOf: (at, of) => `Imagen ${count(at)} de ${count(of)}`,
  testRule:
    'De dos signos cuenta el que figura primero. Si no se puede decir nada, la respuesta es «no se puede determinar».',
  drawn: 'Una habitación dibujada',
};

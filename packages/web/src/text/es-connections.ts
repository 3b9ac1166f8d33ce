// Text of connections in Spanish: the feed, its switches, what is decided and why.
import type * as en from './en-connections.js';
import { plural } from './es-plural.js';
import { count } from './format.js';

export const connections: typeof en.connections = {
  title: 'Conexiones',
  between: { exhibits: 'Indicios', cases: 'Casos' },
  connected: 'Conexiones',
  asLeads: (n) => `Posibles ${n}`,
  anyState: 'Cualquier estado',
  empty: {
    exhibits: 'Nada conecta dos indicios que usted pueda ver.',
    cases: 'Nada conecta dos casos que usted pueda ver.',
  },
  emptyLeads: 'Ninguna posible conexión: no se halló nada que también pudiera deberse al azar.',
  emptyState: 'Ninguna está en este estado.',
  emptyStateTeach: 'Elija arriba otro estado, o cualquiera.',
  teach:
    'Las conexiones aparecen en cuanto se comparan dos indicios. La línea de abajo indica cuánto se ha avanzado; también puede ejecutar:',
  command: 'redthread connections',
  seeLeads: (n) => `${plural(n, 'posible conexión', 'posibles conexiones')}, que también podrían deberse al azar`,
  evidence: (n) => `evidencia ${n}`,
  evidenceHint:
    'En bits: cada uno duplica cuánto más verosímil es la medida para una copia que para otra imagen, hasta donde se ha probado el método.',
  causes: { content: 'contenido', place: 'lugar', device: 'dispositivo', account: 'cuenta' },
  states: { new: 'nueva', confirmed: 'confirmada', rejected: 'rechazada', snoozed: 'aplazada' },
  again: 'nueva otra vez',
  stateHeading: 'Estado',
  strongest: 'Motivo más fuerte',
  reason: 'Motivo',
  strength: 'Evidencia',
  pairs: 'Pares por grado',
  legend:
    'Primero la más fuerte: la evidencia del mejor par de archivos de cada causa, menos uno por cada duplicación de las comparaciones hechas y de los indicios que lo contienen; a igualdad, primero la que tiene más pares. Los signos son grados:',
  legendLeads:
    'Posibles conexiones: ninguna causa sostiene por sí sola una de ellas, pues tantas comparaciones producen lo mismo por azar. Una pasa a ser conexión cuando otra causa la sostiene. Los signos son grados:',
  showAlike: (n, between) =>
    `El mismo archivo une ${plural(n, 'par más', 'pares más')} de ${between === 'cases' ? 'casos' : 'indicios'}: mostrar`,
  hideAlike: (n) =>
    n === 1 ? 'Ocultar el par que une el mismo archivo' : `Ocultar los ${count(n)} pares que une el mismo archivo`,
  position: (at, total) => `${count(at)} de ${plural(total, 'conexión', 'conexiones')}`,
  reasons: 'Motivos',
  reasonsOf: (a, b) => `${a} y ${b}`,
  openPair: 'Abrir los dos',
  grade: 'Grado',
  cause: 'Canal',
  bits: 'De la coincidencia',
  comparisons: 'Comparaciones',
  holders: 'Poseedores',
  counted: 'Cuenta',
  countedHint:
    'Bits de la coincidencia, menos las duplicaciones de las comparaciones y de los poseedores. De cada canal cuenta el mejor.',
  notCounted: 'no cuenta: cuenta otro mejor de este canal',
  twoHops: 'Otras conexiones',
  from: (end) => `Desde ${end}`,
  reachedFrom: (end) => `A qué conduce ${end}`,
  directly: 'directamente',
  over: (end, ways) => (ways === 1 ? `a través de ${end}` : `a través de ${end}, la más fuerte de ${count(ways)} vías`),
  leadsNowhere: 'No conduce a nada más que usted pueda ver.',
  judgement: 'Decisión',
  undecided: 'Su agencia no ha decidido nada aquí.',
  decisions: { confirmed: 'Confirmada', rejected: 'Rechazada', snoozed: 'Aplazada', reopened: 'Reabierta' },
  decided: (by, agency, at) => `${by}, ${agency}, ${at}`,
  until: (at) => `hasta ${at}`,
  untilField: 'Hasta',
  opinions: 'Lo que decidieron otras agencias, que no decide nada para la suya',
  acts: { confirmed: 'Confirmar', rejected: 'Rechazar', snoozed: 'Aplazar', reopened: 'Reabrir' },
  why: 'Por qué',
  all: 'Todo lo decidido',
  hideAll: 'Ocultar lo decidido antes',
};

// Text of the graph in Spanish: what it starts from, what it shows, and the list that says the same.
import type * as en from './en-graph.js';
import { entities } from './es-entities.js';
import { plural } from './es-plural.js';
import { count } from './format.js';

const nodes = (n: number): string => plural(n, 'nodo', 'nodos');
const lines = (n: number): string => plural(n, 'línea', 'líneas');

export const graph: typeof en.graph = {
  title: 'Grafo',
  one: 'Su grafo',
  pick: 'Un grafo parte de una pregunta.',
  teach:
    '¿Qué caso, qué persona, qué serie? Abra una ficha desde la lista de casos, entidades o series y elija allí Grafo. En un terminal:',
  command: 'redthread graph case ES-2026-014',
  kinds: { ...entities.kinds, case: 'caso' },
  relations: {
    connection: 'conecta con',
    recorded: 'contiene la ficha de',
    shown: 'tiene medios que muestran, o pertenecen a,',
  },
  noName: '(sin nombre)',
  laying: (n) => `Situando ${nodes(n)}…`,
  picture: (n, m) => `Imagen de ${nodes(n)} y ${lines(m)}; la lista de al lado dice todo lo que muestra.`,
  counts: (n, m) => `${nodes(n)}, ${lines(m)}`,
  leftOut: (n) =>
    `Se omiten ${plural(n, 'línea más débil o antigua', 'líneas más débiles o antiguas')} alrededor de lo desplegado.`,
  hidden: (n) => `${plural(n, 'línea oculta', 'líneas ocultas')} por el filtro.`,
  timeless: (n) => `${plural(n, 'línea no indica fecha, y permanece', 'líneas no indican fecha, y permanecen')}.`,
  grade: 'Conexiones al menos de grado',
  anyGrade: 'cualquier grado',
  since: 'Poseído o dicho desde',
  until: 'hasta',
  expand: 'Desplegar',
  expanded: 'está desplegado',
  expandAll: (n) => `Desplegar ${count(n)}`,
  expandAllHint: 'Mostrar con qué conecta cada nodo mostrado, primero los más cercanos, a lo sumo tantos a la vez',
  pin: 'Fijar',
  unpin: 'Soltar',
  pinned: 'fijado',
  fit: 'Ajustar',
  png: 'Imagen (PNG)',
  pngHint: 'Consta en el registro antes de que se haga la imagen',
  pngCaption: (start, by, on) => `${start}, tal como lo vio ${by} el ${on}. Redthread.`,
  takeEnd: 'Extremo de un camino',
  ends: (from, to) => `El hilo rojo de ${from} a ${to}`,
  firstEnd: (from) => `Camino desde ${from}: elija el otro extremo y pulse su tecla, o su botón.`,
  noPath: 'Nada de lo mostrado lleva de uno a otro. Despliegue más, o quite un filtro.',
  clearPath: 'Sin camino',
  open: 'Abrir su página',
  list: 'Todo lo mostrado',
  around: (name) => `Alrededor de ${name}`,
  all: 'Mostrar todo',
  nodes: 'Nodos',
  lines: 'Líneas',
  from: 'De',
  how: 'Cómo',
  to: 'A',
  bits: 'Bits',
  why: 'Por qué',
  chosen: 'Elegido',
  nothingChosen: 'Elija un nodo en la imagen o en la lista.',
  legend: 'Formas',
  shapes: {
    case: 'caso',
    person: 'persona',
    place: 'lugar',
    device: 'dispositivo, cámara, teléfono',
    series: 'serie',
    other: 'todo lo demás',
  },
  weight:
    'Cuanto más ancha una línea, más bits; su color es el grado. Discontinua: alguien lo afirma. Punteada: registrado, o mostrado por medios.',
  alone: 'Nada está conectado con ello, hasta donde usted puede ver.',
  more: (n) => `${count(n)} más abajo`,
};

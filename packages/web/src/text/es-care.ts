// Text of care in Spanish: how people are shown things, breaks, what they have been exposed to.
import type * as en from './en-care.js';
import { plural } from './es-plural.js';
import { count } from './format.js';

const images = (n: number): string => plural(n, 'imagen', 'imágenes');

export const care: typeof en.care = {
  title: 'Cuidado',
  intro:
    'Nada se muestra antes de que usted lo pida: lo que se envía hasta entonces es gris, borroso y pequeño, diga lo que diga esta página. Abajo se elige cuánto más se protege.',
  settings: 'Cómo se le muestra el material',
  tilePx: 'Miniaturas, px de alto como máximo',
  reveal: 'Una imagen clara',
  reveals: {
    hold: 'termina al soltar la tecla',
    'hold-or-keep': 'puede mantenerse abierta hasta salir de la vista',
  },
  knownBad: 'En la revisión, lo que está en una lista de material ilícito conocido',
  knownBads: {
    withheld: 'no se vuelve a mostrar salvo que usted lo pida',
    veiled: 'se muestra velado, como todo lo demás',
  },
  breakMinutes: 'Proponer una pausa después de, minutos',
  breakReveals: 'Proponer una pausa después de, imágenes',
  least: (what) => `su agencia: ${what}`,
  px: (n) => `${count(n)} px`,
  minutes: (n) => `${count(n)} min`,
  pictures: images,
  save: 'Guardar',
  saved: 'Guardado.',
  ledger: 'Lo que ha visto',
  ledgerNote:
    'De los últimos 90 días, según el registro de sus revelaciones. Solo se le muestra a usted; los días son los de UTC.',
  nothingYet: 'No ha revelado ninguna imagen.',
  day: 'Día',
  revealsHead: 'Revelaciones',
  media: 'Imágenes distintas',
  bad: 'Ilícito conocido',
  time: 'Tiempo',
  floor: 'El mínimo de su agencia',
  noFloor:
    'No hay ninguno. Lo que fije aquí vale para todos: podrán elegir algo más estricto, nunca algo más permisivo.',
  floorBy: (login) => `Fijado por ${login}. Todos pueden elegir algo más estricto, nunca algo más permisivo.`,
  saveFloor: 'Fijar el mínimo',
  agency: 'Su agencia, semana a semana',
  agencyNote:
    'Medias de semanas ya terminadas en las que al menos cinco personas vieron algo. De una sola persona no se muestra nada aquí.',
  tooFew: 'Ninguna semana en la que miraran al menos cinco personas: de menos no se dice nada.',
  week: 'Semana del',
  people: 'Personas',
  revealsEach: 'Revelaciones por persona',
  minutesEach: 'Minutos por persona',
  breakLine: (reveals, minutes) =>
    `${images(reveals)} en ${count(minutes)} min sin pausa: unos minutos de descanso le vendrían bien.`,
  why: 'Ajustes',
  later: 'Más tarde',
  end: 'Fin de la sesión',
  today: (media, minutes) => `Hoy ha visto ${images(media)}, durante ${count(minutes)} min.`,
  nothingToday: 'Hoy no ha revelado ninguna imagen.',
  unsent: (n) =>
    `${plural(n, 'decisión espera', 'decisiones esperan')} su envío. Se conservan en este navegador y se envían cuando vuelva a iniciar sesión aquí.`,
  advice:
    'Antes de pasar a otra cosa, tómese unos minutos: levántese, mire por una ventana, hable con alguien de otro tema. Si una imagen se le queda grabada, dígaselo a un compañero o a quien su agencia haya designado para ello.',
  withheld: 'ilícito conocido',
  withheldLong: 'En una lista de material ilícito conocido: no se vuelve a mostrar. Pulse R para pedirlo.',
};

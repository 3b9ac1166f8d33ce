// Text of the map and the time line, in Spanish.
import type * as en from './en-where-and-when.js';
import { plural } from './es-plural.js';
import { count } from './format.js';

const media = (n: number): string => plural(n, 'medio', 'medios');

export const map: typeof en.map = {
  title: 'Mapa',
  picture: (areas) => `Mapa con ${plural(areas, 'zona', 'zonas')}; la lista de al lado dice lo mismo.`,
  none: 'Ningún archivo de este ámbito indica dónde se hizo.',
  teach: 'Los lugares proceden de los metadatos de las imágenes, cuando se han leído. En un terminal:',
  command: 'redthread places --case ES-2026-014',
  said: (n) => `${plural(n, 'medio indica', 'medios indican')} dónde`,
  notSaid: (n) => `${count(n)} sin lugar`,
  closed: (n) => `${count(n)} sin abrir`,
  truncated: 'Se muestran las zonas con más medios; acérquese para ver las demás.',
  area: (n, metres) => `${media(n)} en un radio de ${metres}`,
  honest:
    'Una zona contiene todos los lugares que se cuentan en ella, y nunca es más pequeña que la precisión con que un dispositivo sabe dónde está. Ningún punto es exacto.',
  metres: (m) => (m < 10_000 ? `${count(m)} m` : `${count(Math.round(m / 1000))} km`),
  review: 'Revisar estos',
  nothing: 'Aquí no hay nada que usted pueda ver.',
  list: 'Zonas',
  zoomIn: 'Acercar',
  zoomOut: 'Alejar',
  fit: 'Ajustar',
  recorded: 'Lugares registrados',
  recordedMeans: 'Donde la investigación dice que está un lugar: con línea discontinua.',
  recordedArea: (at, metres) => `a menos de ${metres} de ${at}`,
  show: 'Ver en el mapa',
};

export const times: typeof en.times = {
  title: 'Cronología',
  none: 'Ningún archivo de este ámbito tiene fecha.',
  teach:
    'Las fechas de los sistemas de archivos y de los archivos comprimidos están disponibles de inmediato; las de las imágenes, cuando se han leído sus metadatos. En un terminal:',
  command: 'redthread times --case ES-2026-014',
  lanes: {
    capture: 'Captura',
    message: 'Mensaje',
    'file-system': 'Sistema de archivos',
    archive: 'Archivo comprimido',
  },
  asWritten:
    'Las fechas figuran tal como se escribieron. Rayado: sin zona horaria, y por tanto quizá hasta 14 horas antes o después.',
  bar: (lane, at, n, noZone) => `${lane}, ${at}: ${media(n)}${noZone > 0 ? `, ${count(noZone)} sin zona horaria` : ''}`,
  units: { year: 'Años', month: 'Meses', day: 'Días' },
  within: (period) => `en ${period}`,
  allTime: 'Todo el tiempo',
  closer: (period) => `Ver de cerca ${period}`,
  chosen: (lane, from, to) => (from === to ? `${lane}, ${from}` : `${lane}, de ${from} a ${to}`),
  choose: 'Elija una barra y, con Mayús, la última de un tramo.',
  review: 'Revisar estos',
  noTime: (n) => `${count(n)} sin fecha`,
  closed: (n) => `${count(n)} sin abrir`,
  age: (name) => `Edad de ${name}`,
  ageOf: (min, max) => (min === max ? `${min}` : `${min}–${max}`),
};

// What pages say of what became of contributions, in Spanish.
import type * as en from './en-outcomes.js';
import { plural } from './es-plural.js';

export const outcomes: typeof en.outcomes = {
  title: 'Qué fue de sus contribuciones',
  line: (agency, media) =>
    media === 0
      ? `Una serie a la que su agencia contribuyó está identificada, dice ${agency}.`
      : `${plural(media, 'medio', 'medios')} de su agencia pertenecen a una serie que está identificada, dice ${agency}:`,
  more: (n) => `y ${plural(n, 'más', 'más')}`,
  release: 'Comunicar a quienes contribuyeron que está identificada',
  means:
    'Cada agencia que contribuyó sabrá cuáles de sus propios medios pertenecen a una serie identificada, y el nombre de su agencia. Ninguna persona, ningún día, ningún nombre de la serie; y a usted no se le dice quiénes son.',
  why: 'Por qué: consta en su registro, no llega a nadie',
  released: (by, time) => `Se comunicó a quienes contribuyeron que está identificada: ${by}, ${time}`,
};

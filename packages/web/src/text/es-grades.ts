// Grades of a match, in Spanish; notices name them too.
import type { Text } from './en.js';

export const grades: Text['grades'] = {
  identical: 'idéntico',
  'same content': 'mismo contenido',
  partial: 'parcial',
  'same scene': 'misma escena',
  'same source': 'misma fuente',
  none: 'sin coincidencia',
};

// What the pages say of reports for a court, in Spanish. The words of the reports themselves are the server's.
import type * as en from './en-reports.js';
import { plural } from './es-plural.js';

export const reports: typeof en.reports = {
  title: 'Informe para un tribunal',
  about:
    'PDF/A, HTML y tablas a partir de un solo modelo, con un manifiesto firmado que se puede comprobar sin este programa. Que se hizo, para qué y para quién consta en el registro.',
  open: 'Hacer un informe',
  purpose: 'Para qué es',
  recipient: 'Para quién (puede quedar vacío)',
  veiled: 'con imágenes veladas: grises y borrosas',
  make: 'Descargarlo como ZIP',
  making: 'Haciéndolo y firmándolo…',
  made: (name) => `Se hizo ${name}, y consta en el registro.`,
  preview: 'Lo que dirá',
  previewMeans: 'El comienzo de cada parte. El informe contiene todas las filas.',
  rows: (n) => plural(n, 'fila', 'filas'),
  picture: 'Aquí va una imagen velada.',
  drawing: (n) => `Aquí va un dibujo: ${plural(n, 'línea', 'líneas')} entre las dos imágenes.`,
};

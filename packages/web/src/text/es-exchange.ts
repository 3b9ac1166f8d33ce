// What the interface says of exports and of what was given to others, in Spanish.
import type { ExchangeNoteCode } from '@redthread/core/contract';
import type * as en from './en-exchange.js';
import { packages } from './es-packages.js';
import { plural } from './es-plural.js';
import { count } from './format.js';

const notes: Readonly<Record<ExchangeNoteCode, string>> = {
  CATEGORY_NOT_MAPPED:
    'decididos en un esquema desde el que ninguna correspondencia lleva al que se escribe: no figura ninguna categoría',
  CATEGORY_UNDECIDED: 'votos que aún no han decidido: no figura ninguna categoría',
  CLOSED: 'no vistos por el proveedor y sin base legal: salen sus hashes, y nada de su contenido',
  UNREAD_LEFT_OUT: 'no se pudieron leer, y no tienen hash',
};

export const exchange: typeof en.exchange = {
  title: 'Exportar',
  format: 'Formato',
  formats: {
    vics: 'VICS 2.0',
    icse: 'Columnas de ICSE (CSV)',
    csv: 'Tabla (CSV)',
    case: 'CASE/UCO (JSON-LD)',
    ftm: 'FollowTheMoney',
    graphml: 'GraphML',
  },
  mediaSet: 'como conjunto de medios, sin casos',
  leaveOut: 'Omitir',
  fields: {
    paths: 'rutas',
    times: 'fechas de archivos',
    series: 'series',
    verdicts: 'votos',
    lists: 'lo que dicen las listas',
    metadata: 'metadatos',
    signals: 'PDQ',
    names: 'nombres de personas',
  },
  to: 'Para quién (nadie: se queda aquí)',
  handling: 'Tratamiento',
  strictest: 'el más estricto de lo que contiene',
  withoutUnread: 'continuar sin los archivos que no se pudieron leer',
  look: 'Ver primero',
  write: 'Exportar',
  begin: 'Exportar…',
  holds: (media, files) => `${plural(media, 'medio', 'medios')} en ${plural(files, 'ruta', 'rutas')}`,
  as: (handling, scheme) => `${handling}, categorías en ${scheme}`,
  note: (code, n, first) => `${count(n)}: ${notes[code]}. El primero: ${first}`,
  written: 'Consta en el registro, y se ha guardado.',
  baseline: {
    title: 'Lista Baseline',
    teach:
      'Hashes de lo que personas de dos agencias de países distintos han visto cada una y han considerado Baseline.',
    to: 'Para quién',
    release: 'Difundir',
    holds: (entries, withdrawn) =>
      `${plural(entries, 'entrada', 'entradas')}; retiradas ${count(withdrawn)} que ya tenían`,
    held: (alone, disputed) =>
      `Retenidas: ${count(alone)} vistas en un solo país, ${count(disputed)} discutidas por alguien que las vio`,
  },
  packages,
  ledger: 'Entregado a otros',
  none: 'Su agencia aún no ha entregado nada a otros.',
  when: 'Cuándo',
  receiver: 'Destinatario',
  of: 'De',
  items: 'Elementos',
  takenBack: 'Retirado',
  by: 'Por',
};

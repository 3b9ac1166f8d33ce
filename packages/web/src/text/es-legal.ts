// What somebody reads in Spanish who meets a file that its provider has not viewed.
import type * as en from './en-legal.js';
import { plural } from './es-plural.js';

export const legal: typeof en.legal = {
  title: 'Base legal',
  closed: 'El proveedor que comunicó este archivo no lo ha visto.',
  closedAll: (n) =>
    `${plural(n, 'archivo de este indicio no lo vio', 'archivos de este indicio no los vio')} el proveedor que los comunicó.`,
  why: 'Se compara por sus hashes, y nadie lo abre antes de que conste una base legal: quién, qué y cuándo figuran en el registro.',
  kinds: { warrant: 'Autorización judicial', consent: 'Consentimiento', emergency: 'Urgencia', other: 'Otra base' },
  kind: 'Tipo de base',
  reference: 'Referencia, como el número de la autorización',
  words: 'Qué abarca',
  record: 'Registrar la base y abrir',
  mayNot: 'Puede registrarla un investigador, coordinador o administrador de su agencia.',
  of: 'Abarca',
  exhibit: 'el indicio',
  media: 'un medio',
  recorded: 'Registrada',
  withdrawn: 'Retirada',
  withdraw: 'Retirar',
  reason: 'Por qué se registró por error',
};

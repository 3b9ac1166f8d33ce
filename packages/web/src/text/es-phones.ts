// What a page says in Spanish of reports of phones and of providers.
import type * as en from './en-phones.js';
import { count } from './format.js';
import { plural } from './es-plural.js';

export const phones: typeof en.phones = {
  title: 'Informes que contiene',
  note: 'Tal como lo dice el informe: es la palabra de quien lo hizo, contrastada con los archivos donde se puede.',
  formats: { ufdr: 'Informe de un teléfono (UFDR)', cybertip: 'Informe de un proveedor (CyberTipline)' },
  unread: { waiting: 'espera a ser leído', failed: 'no se pudo leer' },
  container: 'Está en',
  holds: 'Contiene',
  chats: (n: number) => plural(n, 'conversación', 'conversaciones'),
  contacts: (n: number) => plural(n, 'contacto', 'contactos'),
  accounts: (n: number) => plural(n, 'cuenta', 'cuentas'),
  reported: (n: number) => plural(n, 'usuario denunciado', 'usuarios denunciados'),
  files: 'Archivos que nombra',
  own: (n: number) => `${count(n)} con bytes propios`,
  shared: (n: number) => `${count(n)} comparten bytes con otro`,
  absent: (n: number) => `${count(n)} cuyos bytes no están en él`,
  deleted: (n: number) => `${count(n)} borrados en el dispositivo`,
  differing: (n: number) => `${count(n)} con hashes distintos de los que dice`,
  people: 'Personas que nombra',
  name: 'Nombre',
  entries: 'Números, direcciones y cuentas',
  left: 'Omitido',
  onDevice: 'En el dispositivo',
  states: { deleted: 'borrado allí', trash: 'en la papelera allí' },
  bytes: {
    shared: 'comparte los bytes de otro archivo',
    absent: 'el informe lo nombra y no lo contiene',
  },
  disagrees: 'hashes distintos de los que dice el informe',
};

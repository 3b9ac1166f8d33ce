// What is said of kept searches, in Spanish.
import type * as en from './en-standing.js';
import { count } from './format.js';

export const standing: typeof en.standing = {
  title: 'Búsquedas guardadas',
  keep: 'Guardar esta búsqueda',
  kept: 'Guardada: un aviso le dirá lo que llegue después.',
  keepTitle: 'Vuelve a buscar cuando cambia lo que usted ve, hasta su último día.',
  name: 'Nombre',
  until: 'Último día',
  purpose: 'Por qué busca, para el registro',
  empty: 'No guarda ninguna búsqueda.',
  teach: 'Busque, o filtre una revisión, y guárdela: se le avisará cuando llegue algo que encuentre.',
  looksFor: 'Busca',
  state: 'Estado',
  states: { open: 'busca', expired: 'caducada', ended: 'terminada' },
  failed: (code) => `falló: ${code}`,
  hits: 'Aciertos',
  lookedAt: 'Última vez',
  expires: 'Hasta',
  why: 'Finalidad',
  part: (region) => `su parte ${region}`,
  picture: (start) => `imagen ${start}`,
  look: 'Buscar ahora',
  end: 'Terminar',
  reason: 'Por qué, para el registro',
  nothing: 'Nada, hasta donde usted ve hoy.',
  nothingTeach: 'Que no se encontró nada consta abajo, con aquello en lo que se buscó.',
  found: 'Encontrado',
  added: 'nuevo',
  onList: (name, version) => `en la lista ${name} ${version}`,
  looks: 'Veces que buscó',
  lookedIn: (found, added, media, comparable, lists) =>
    `${count(found)} encontrados, ${count(added)} de ellos nuevos, en ${count(media)} archivos únicos (${count(comparable)} por su aspecto); listas consultadas: ${count(lists)}`,
  more: 'Había más de lo que guarda una búsqueda: precise lo que busca.',
  outdated: (methods) =>
    `${methods} comparan hoy de otro modo que cuando se dio la imagen: vuelva a buscar con ella y guarde esa búsqueda.`,
};

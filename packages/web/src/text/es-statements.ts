// Text of the clue sheet of a series in Spanish: what speaks for where it was made, who claims it, which country people vote for.
import type * as en from './en-statements.js';
import { plural } from './es-plural.js';

export const statements: typeof en.statements = {
  title: 'Hoja de pistas',
  kinds: {
    language: 'Idioma oído',
    writing: 'Escritura vista',
    socket: 'Tomas de corriente',
    plug: 'Clavijas',
    brand: 'Marcas',
    plant: 'Plantas',
    light: 'Luz',
    sound: 'Sonidos',
    other: 'Otras pistas',
    claim: 'Quién se hace cargo',
    country: 'País, por votos',
  },
  kind: 'Qué es',
  value: 'Qué ve u oye',
  country: 'País, dos letras',
  countryForm: 'Dos letras, según la ISO 3166: ES',
  reason: {
    clue: 'En qué parte, y por qué apunta a un lugar',
    country: 'Qué apunta a este país',
    claim: 'Qué hace su agencia con ella',
  },
  add: 'Anotar',
  nothing:
    'Aún no hay nada anotado: el idioma, las tomas y clavijas, las marcas, las plantas y la luz indican dónde se hizo. Quien ve la serie puede anotar algo.',
  votes: 'Votos por país',
  votesFor: (_country, votes, agencies) =>
    `${plural(votes, 'voto', 'votos')} de ${plural(agencies, 'agencia', 'agencias')}`,
  takenBackToo: (n) => `Mostrar lo retirado, ${n}`,
  byEvidence: {
    person: 'Por la palabra de alguien',
    method: (method) => `Por una coincidencia que alguien aceptó, ${method}`,
  },
  dropHere: 'Suelte aquí una sugerencia, o pulse A sobre ella, para indicar que pertenece.',
};

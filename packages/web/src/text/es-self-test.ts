// The Spanish words of the page of the self-test.
import type * as en from './en-self-test.js';
import { plural } from './es-plural.js';

export const selfTest: typeof en.selfTest = {
  title: 'Autoprueba',
  empty: 'Aún no se ha guardado ninguna autoprueba.',
  teach:
    'Dibuja imágenes y variantes de ellas, y muestra qué halla y qué confunde cada método en este equipo. Ejecútela:',
  command: 'redthread selftest --store',
  holds: 'Lo que promete el programa se cumple',
  broken: 'Lo que promete el programa no se cumple',
  keptBy: (at, login) => `guardada el ${at} por ${login}`,
  recall: 'Copias que se reconocen como su imagen',
  errors: 'Imágenes distintas que se toman por la misma',
  misses: 'Prometido y no hallado',
  notProposed: (n) => `El índice no propuso ${n} de las coincidencias: en un almacén se perderían.`,
  restsOn: 'En qué se basa',
  edit: 'Variante',
  copies: 'Copias',
  together: 'En conjunto',
  promised: 'Prometido',
  kept: 'se cumple',
  missed: (n) => `${n} no halladas`,
  beyond: 'no prometido',
  method: 'Método',
  comparisons: 'Comparaciones',
  false: 'Falsas',
  nearMisses: 'Hechas para confundir',
  set: 'Conjunto',
  drawn: (seed, pictures, copies) =>
    `semilla ${seed}: ${plural(pictures, 'imagen dibujada', 'imágenes dibujadas')}, ${plural(copies, 'copia modificada', 'copias modificadas')}`,
  program: 'Programa',
  methods: 'Métodos',
  methodWords: (name, version, threshold, unit) => `${name} v${version} (${threshold} ${unit})`,
  decoder: 'Decodificador',
  machine: 'Equipo',
  machineWords: (cpu, cores, memory, platform, node) =>
    `${cpu}, ${plural(cores, 'núcleo', 'núcleos')}, ${memory}, ${platform}, Node ${node}`,
  took: 'Duró',
  repeat: 'Repetir',
  again: (seed, pictures) => `redthread selftest --seed ${seed} --pictures ${pictures}`,
};

// A count with its noun in Spanish: "1 archivo", "2 archivos", "0 archivos", and "2 000 000 de archivos" of whole millions.
import { count } from './format.js';

export const plural = (n: number, one: string, many: string): string =>
  n !== 0 && n % 1_000_000 === 0 ? `${count(n)} de ${many}` : `${count(n)} ${n === 1 ? one : many}`;

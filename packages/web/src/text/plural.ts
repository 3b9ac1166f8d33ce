// A count with its noun.
import { count } from './format.js';

export const plural = (n: number, one: string, many: string): string => `${count(n)} ${n === 1 ? one : many}`;

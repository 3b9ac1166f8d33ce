// Texto de películas y sonidos: sus fotogramas, y dónde coinciden dos a lo largo de su duración.
import type * as en from './en-films.js';

export const films: typeof en.films = {
  duration: 'Duración',
  storyboard: 'Fotogramas',
  loudness: 'Volumen a lo largo de la duración',
  still: (time: string) => `Fotograma en ${time}`,
  agree: 'Dónde coinciden en el tiempo',
  segment: (a: string, b: string) => `${a} en A es ${b} en B`,
  speed: (times: string) => `B dura ${times} veces más`,
  backwards: 'B va hacia atrás',
};

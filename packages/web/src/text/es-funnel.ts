// Text of the funnel, in Spanish.
import type * as en from './en-funnel.js';

export const funnel: typeof en.funnel = {
  title: 'Embudo',
  asOf: (time) => `a ${time}`,
  steps: {
    seized: 'incautados',
    unreadable: 'ilegibles',
    duplicate: 'duplicados',
    unique: 'únicos',
    known: 'conocidos',
    'same-content': 'mismo contenido',
    'not-compared': 'sin comparar',
    new: 'nuevos',
    partial: 'en parte conocidos',
    reviewed: 'revisados',
    contributed: 'aportados',
    identified: 'identificados',
  },
};

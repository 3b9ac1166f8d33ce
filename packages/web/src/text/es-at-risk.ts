// What pages say of a child at risk now, in Spanish.
import type * as en from './en-at-risk.js';

export const atRisk: typeof en.atRisk = {
  title: 'Menor en riesgo ahora',
  until: (time) => `hasta ${time}`,
  by: (who, agency) => `lo marcó ${who}, ${agency}`,
  mark: 'Menor en riesgo ahora',
  means:
    'Sus archivos van primero al decodificar, comparar y revisar, se avisa a quienes coordinan y lo ven, y a otras agencias que tienen lo mismo se les dice enseguida a quién preguntar. Vence por sí solo.',
  why: 'Por qué: lo lee quien ve esto',
  hours: 'Durante cuántas horas',
  again: 'Marcar de nuevo',
  urgent: 'urgente: hay un menor en riesgo',
};

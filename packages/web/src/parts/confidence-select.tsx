// How sure whoever says something is.
import { CONFIDENCES } from '@redthread/core/contract';
import type { ReactNode } from 'react';
import { t } from '../text/index.js';

export const ConfidenceSelect = (): ReactNode => (
  <select name="confidence" className="field" aria-label={t.entities.confidence} defaultValue="probable">
    {CONFIDENCES.map((one) => (
      <option key={one} value={one}>
        {t.series.confidence[one]}
      </option>
    ))}
  </select>
);

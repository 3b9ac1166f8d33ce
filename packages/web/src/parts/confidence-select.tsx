// How sure whoever says something is.
import { CONFIDENCES } from '@redthread/core/contract';
import type { ReactNode } from 'react';
import { t } from '../text/index.js';
import { Choice } from './field.js';

export const ConfidenceSelect = (): ReactNode => (
  <Choice name="confidence" words={t.entities.confidence} defaultValue="probable">
    {CONFIDENCES.map((one) => (
      <option key={one} value={one}>
        {t.series.confidence[one]}
      </option>
    ))}
  </Choice>
);

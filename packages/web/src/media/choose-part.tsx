// The button that begins to choose a part of a picture, and what is said meanwhile of how it is chosen.
import type { ReactNode } from 'react';
import { Icon } from '../form/icons.js';
import { t } from '../text/index.js';
import { LEAST_PX } from './region-picker.js';

interface ChoosePartProps {
  /** What the part is chosen for. */
  readonly words: string;
  readonly on: boolean;
  readonly choosing: boolean;
  /** What was chosen last is too small to look for. */
  readonly isSmall: boolean;
  readonly onClick: () => void;
  /** The key that does the same. */
  readonly children?: ReactNode;
}

export const ChoosePart = ({ words, on, choosing, isSmall, onClick, children }: ChoosePartProps): ReactNode => (
  <>
    <button type="button" className="button" data-on={on} aria-pressed={on} onClick={onClick}>
      <Icon name="search" size={16} />
      {choosing ? t.search.chooseRegion : words} {children}
    </button>
    <span role="status" className="muted">
      {choosing && (isSmall ? t.search.regionTooSmall(LEAST_PX) : t.search.regionKeys)}
    </span>
  </>
);

// The world that `redthread demo` shows when nobody asks for another.
import type { WorldScale } from './drawn-world.js';

export const DEFAULT_WORLD: { readonly seed: number; readonly scale: WorldScale } = { seed: 1, scale: 'small' };

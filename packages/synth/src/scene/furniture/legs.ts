// Four legs: what most furniture stands on.
import type { Builder } from '../builder.js';
import type { Surface } from '../patch.js';

/** Square legs under a footprint of w x d metres, back edge at z = 0. */
export const legs = (b: Builder, w: number, d: number, h: number, thick: number, surface: Surface): void => {
  for (const x of [-w / 2, w / 2 - thick])
    for (const z of [0, d - thick]) b.box([x, 0, z], [thick, h, thick], surface, ['top', 'bottom']);
};

// The part of a graph that is seen, kept apart from what is shown: it changes with each frame of a pan, and then nothing but the picture is drawn anew.
import type { GraphView } from './graph-view.js';

export class ViewStore {
  #moved: GraphView | null = null;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Null until somebody pans or zooms: all of it is seen. */
  readonly read = (): GraphView | null => this.#moved;

  readonly move = (next: GraphView | null): void => {
    this.#moved = next;
    for (const listener of this.#listeners) listener();
  };
}

// The keys that the viewer chose: told to the registry, and shown wherever a key stands beside a word.
import { keysOf, type KeyAction } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { ownKeysQuery } from '../api/queries.js';
import { keyName, type OwnKeys } from './keymap.js';
import { useKeyRegistry } from './keys.js';

const NONE: OwnKeys = {};

export const useOwnKeys = (): OwnKeys => useQuery(ownKeysQuery).data?.keys ?? NONE;

/** Once, in the frame of all pages. */
export const useChosenKeys = (): void => {
  const registry = useKeyRegistry();
  const own = useOwnKeys();
  useEffect(() => registry.choose(own), [registry, own]);
};

/** The first key of an action; nothing where it has none. */
export const Kbd = ({ action }: { action: KeyAction }): ReactNode => {
  const [first] = keysOf(action, useOwnKeys());
  return first === undefined ? null : <span className="kbd">{keyName(first)}</span>;
};

// Proves who sits here where they signed in, in a window of its own: the page that asks stays as it is.
import { Me } from '@redthread/core/contract';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { callJson } from '../api/client.js';
import { t } from '../text/index.js';
import { proveInWindow } from './answer.js';

const words = t.account.provider;

export const ProveAtProvider = ({ onProven }: { onProven: (me: Me) => void }): ReactNode => {
  const [waits, setWaits] = useState(false);
  const end = useRef<() => void>(() => undefined);
  useEffect(() => () => end.current(), []);
  const prove = (): void => {
    end.current();
    setWaits(true);
    end.current = proveInWindow(() => void callJson('/me', Me).then(onProven));
  };
  return (
    <>
      <button type="button" className="button" onClick={prove}>
        {words.prove}
      </button>
      {waits && <p className="muted">{words.waits}</p>}
    </>
  );
};

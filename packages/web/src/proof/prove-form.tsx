// Proves who sits here: a code of an app, a passkey, a recovery code, or the password where there is nothing else. What a passkey signs never
// leaves the device as a secret; the browser asks for it.
import { Me, WebAuthnJson, type ProofWay } from '@redthread/core/contract';
import { startAuthentication, type PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { callJson } from '../api/client.js';
import { ProblemNotice } from '../parts/problem-notice.js';
import { ProveAtProvider } from '../provider/prove-at-provider.js';
import { t } from '../text/index.js';
import { byDevice } from './by-device.js';
import styles from './proof.module.css';

const words = t.account.proof;

interface ProveFormProps {
  readonly ways: readonly ProofWay[];
  readonly onProven: (me: Me) => void;
}

const signedByPasskey = async (): Promise<object> => {
  const options = await callJson('/session/passkey', WebAuthnJson, { method: 'POST' });
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  return { way: 'passkey', response: await byDevice(() => startAuthentication({ optionsJSON })) };
};

export const ProveForm = ({ ways, onProven }: ProveFormProps): ReactNode => {
  const typed = ways.filter((way) => way !== 'passkey' && way !== 'provider');
  const [way, setWay] = useState<ProofWay | undefined>(typed.find((one) => one !== 'recovery'));
  const [text, setText] = useState('');
  const prove = useMutation({
    mutationFn: async (given: object | 'passkey') =>
      callJson('/session/proof', Me, {
        method: 'POST',
        body: given === 'passkey' ? await signedByPasskey() : given,
        proven: true,
      }),
    onSuccess: onProven,
    onError: () => setText(''),
  });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    prove.mutate(way === 'password' ? { way, password: text } : { way, code: text.replaceAll(/\s/g, '') });
  };
  const take = (other: ProofWay): void => {
    prove.reset();
    setText('');
    setWay(other);
  };
  return (
    <>
      {ways.includes('passkey') && (
        <button type="button" className="button" disabled={prove.isPending} onClick={() => prove.mutate('passkey')}>
          {words.passkey}
        </button>
      )}
      {ways.includes('provider') && <ProveAtProvider onProven={onProven} />}
      {way !== undefined && (
        <form className={styles['form']} onSubmit={submit}>
          <label>
            {way === 'password' ? words.password : way === 'recovery' ? words.recoveryCode : words.code}
            <input
              key={way}
              className="field"
              autoFocus
              spellCheck={false}
              type={way === 'password' ? 'password' : 'text'}
              inputMode={way === 'totp' ? 'numeric' : 'text'}
              autoComplete={way === 'password' ? 'current-password' : 'one-time-code'}
              maxLength={way === 'password' ? 1000 : 40}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          </label>
          <button type="submit" className="button" disabled={prove.isPending || text.trim() === ''}>
            {words.prove}
          </button>
        </form>
      )}
      {prove.error !== null && <ProblemNotice error={prove.error} />}
      {typed
        .filter((other) => other !== way)
        .map((other) => (
          <button key={other} type="button" className="button plain" onClick={() => take(other)}>
            {other === 'recovery' ? words.useRecovery : words.useCode}
          </button>
        ))}
    </>
  );
};

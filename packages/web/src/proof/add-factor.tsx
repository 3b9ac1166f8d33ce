// Adds an authenticator app or a passkey; with the first one come recovery codes, shown once.
import { FactorAdded, TotpBegun, WebAuthnJson } from '@redthread/core/contract';
import { startRegistration, type PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import type { z } from 'zod';
import { callJson } from '../api/client.js';
import { Copyable } from '../form/copyable.js';
import { Field, textIn } from '../parts/field.js';
import { ProblemNotice } from '../parts/problem-notice.js';
import { t } from '../text/index.js';
import { byDevice } from './by-device.js';
import styles from './proof.module.css';
import { QrCode } from './qr-code.js';
import { RecoveryCodes } from './recovery-codes.js';

const words = t.account.proof;

const registered = async (name: string): Promise<string[] | null> => {
  const options = await callJson('/me/second-factors/passkey-options', WebAuthnJson, { method: 'POST' });
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  const response = await byDevice(() => startRegistration({ optionsJSON }));
  const added = await callJson('/me/second-factors/passkeys', FactorAdded, {
    method: 'POST',
    body: { name, response },
  });
  return added.recoveryCodes;
};

/** `onAdded`: once it counts, and the codes that came with it were kept. */
export const AddFactor = ({ onAdded }: { onAdded: () => void }): ReactNode => {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const end = (given: readonly string[] | null): void => {
    app.reset();
    if (given === null) onAdded();
    else setCodes(given);
  };
  const app = useMutation({
    mutationFn: (name: string) => callJson('/me/second-factors/totp', TotpBegun, { method: 'POST', body: { name } }),
  });
  const passkey = useMutation({ mutationFn: registered, onSuccess: end });
  const submit = (event: SyntheticEvent<HTMLFormElement, SubmitEvent>): void => {
    event.preventDefault();
    const name = textIn(new FormData(event.currentTarget))('name');
    if (event.nativeEvent.submitter?.getAttribute('value') === 'passkey') passkey.mutate(name);
    else app.mutate(name);
  };
  if (codes !== null)
    return (
      <RecoveryCodes
        codes={codes}
        onKept={() => {
          setCodes(null);
          onAdded();
        }}
      />
    );
  const error = app.error ?? passkey.error;
  return (
    <>
      {app.data === undefined ? (
        <form className={styles['row']} onSubmit={submit}>
          <Field name="name" required maxLength={80} words={words.nameHint} />
          <button type="submit" className="button" value="app" disabled={app.isPending}>
            {words.addApp}
          </button>
          <button type="submit" className="button" value="passkey" disabled={passkey.isPending}>
            {words.addPasskey}
          </button>
        </form>
      ) : (
        <ConfirmApp begun={app.data} onConfirmed={end} />
      )}
      {error !== null && <ProblemNotice error={error} />}
    </>
  );
};

interface ConfirmProps {
  readonly begun: z.output<typeof TotpBegun>;
  readonly onConfirmed: (codes: readonly string[] | null) => void;
}

const ConfirmApp = ({ begun, onConfirmed }: ConfirmProps): ReactNode => {
  const confirm = useMutation({
    mutationFn: (code: string) =>
      callJson(`/me/second-factors/totp/${begun.id}/confirm`, FactorAdded, { method: 'POST', body: { code } }),
    onSuccess: ({ recoveryCodes }) => onConfirmed(recoveryCodes),
  });
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    confirm.mutate(textIn(new FormData(event.currentTarget))('code').replaceAll(/\s/g, ''));
  };
  return (
    <div className={styles['set']}>
      <QrCode text={begun.address} />
      <div>
        <p>{words.scan}</p>
        <p>
          {words.secret} <Copyable text={begun.secret} tail={32} />
        </p>
        <form className={styles['form']} onSubmit={submit}>
          <Field
            name="code"
            required
            autoFocus
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={10}
            words={words.firstCode}
          />
          <button type="submit" className="button" disabled={confirm.isPending}>
            {words.confirm}
          </button>
        </form>
        {confirm.error !== null && <ProblemNotice error={confirm.error} />}
      </div>
    </div>
  );
};

// One box for whatever somebody looks for: words, a digest, or a picture that is dropped on it or chosen.
import { PICTURE_LIMIT_BYTES } from '@redthread/core/contract';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState, type DragEvent, type ReactNode, type SyntheticEvent } from 'react';
import { Kbd } from './own-keys.js';
import { holdPicture } from '../api/held-pictures.js';
import { Icon } from '../form/icons.js';
import { bytes } from '../text/format.js';
import { t } from '../text/index.js';
import styles from './shell.module.css';

/** A file that misses its place must not be opened by the browser, which would show it. */
const useNoOpening = (): void => {
  useEffect(() => {
    const stop = (event: globalThis.DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
    };
    for (const type of ['dragover', 'drop'] as const) window.addEventListener(type, stop);
    return () => {
      for (const type of ['dragover', 'drop'] as const) window.removeEventListener(type, stop);
    };
  }, []);
};

export const SearchBox = ({ inputRef }: { inputRef: React.RefObject<HTMLInputElement | null> }): ReactNode => {
  const navigate = useNavigate();
  const chooser = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  useNoOpening();

  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const q = inputRef.current?.value.trim() ?? '';
    if (q === '') return;
    inputRef.current?.blur();
    void navigate({ to: '/search', search: { q } });
  };
  const searchBy = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    setRefused(file.size > PICTURE_LIMIT_BYTES ? t.search.tooLarge(bytes(PICTURE_LIMIT_BYTES)) : null);
    if (file.size > PICTURE_LIMIT_BYTES) return;
    // A folder has no bytes to read.
    const picture = await holdPicture(file).catch(() => null);
    if (picture === null) setRefused(t.search.unreadable);
    else await navigate({ to: '/search', search: { picture } });
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void searchBy(event.dataTransfer.files[0]);
  };
  return (
    <form
      role="search"
      className={styles['search']}
      data-over={over}
      onSubmit={submit}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="search" size={16} />
      <input
        ref={inputRef}
        aria-label={t.keys.search}
        placeholder={over ? t.search.drop : t.search.placeholder}
        spellCheck={false}
        autoComplete="off"
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <button
        type="button"
        className={styles['choose']}
        title={t.search.choose}
        aria-label={t.search.choose}
        onClick={() => chooser.current?.click()}
      >
        <Icon name="picture" size={16} />
      </button>
      <input
        ref={chooser}
        type="file"
        hidden
        onChange={(event) => {
          void searchBy(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      <Kbd action="search" />
      {refused !== null && (
        <span role="alert" className={styles['refused']}>
          {refused}
        </span>
      )}
    </form>
  );
};

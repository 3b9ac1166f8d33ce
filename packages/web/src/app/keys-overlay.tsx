// All keys that answer now, by the view that they belong to.
import { Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { t } from '../text/index.js';
import { keyName, type KeyBinding } from './keymap.js';
import { useKeyRegistry, useKeys } from './keys.js';
import styles from './keys-overlay.module.css';

const wordsOf = (binding: KeyBinding): string => binding.words ?? ('action' in binding ? t.keys[binding.action] : '');

const Groups = ({ opened, onClose }: { opened: boolean; onClose: () => void }): ReactNode => {
  const registry = useKeyRegistry();
  // What answered before this page itself stood in front.
  const [groups] = useState(() => registry.active().filter((group) => group.name !== t.keys.title));
  useKeys(
    t.keys.title,
    [
      { action: 'help', words: t.keys.close, run: onClose },
      { action: 'close', run: onClose },
    ],
    {
      exclusive: true,
      active: opened,
    },
  );
  return (
    <div className={styles['groups']} tabIndex={-1} data-autofocus>
      {groups.map((group) => (
        <section key={group.name}>
          <h3>{group.name}</h3>
          <dl>
            {group.bindings().map((binding) => (
              <div key={wordsOf(binding)}>
                <dt>
                  {registry.chordsOf(binding).length === 0 && <span className="muted">{t.keys.none}</span>}
                  {registry.chordsOf(binding).map((key) => (
                    <span key={key} className="kbd">
                      {keyName(key)}
                    </span>
                  ))}
                </dt>
                <dd>{wordsOf(binding)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
};

export const KeysOverlay = ({ opened, onClose }: { opened: boolean; onClose: () => void }): ReactNode => (
  <Modal
    opened={opened}
    onClose={onClose}
    title={t.keys.title}
    size={640}
    closeButtonProps={{ 'aria-label': t.common.close }}
  >
    <Groups opened={opened} onClose={onClose} />
    <p>
      <Link to="/keys" className="link" onClick={onClose}>
        {t.keys.choose}
      </Link>
    </p>
  </Modal>
);

// What was read from the file beside its pixels, as it was written.
import type { Media } from '@redthread/core/contract';
import type { ReactNode } from 'react';
import { Facts } from '../../parts/facts.js';
import { Section } from '../../parts/section.js';
import { t } from '../../text/index.js';
import { metadataGroups } from './metadata-groups.js';
import styles from './media.module.css';

export const Metadata = ({ metadata }: { metadata: Media['metadata'] }): ReactNode => {
  const groups = metadata === null ? [] : metadataGroups(metadata);
  return (
    <Section title={t.media.metadata}>
      {groups.length === 0 ? (
        <p className={styles['note']}>{t.media.noMetadata}</p>
      ) : (
        <div className={styles['metadata']}>
          {groups.map((group) => (
            <section key={group.name}>
              {group.name !== '' && <h3>{group.name}</h3>}
              <Facts rows={group.rows} />
            </section>
          ))}
        </div>
      )}
    </Section>
  );
};

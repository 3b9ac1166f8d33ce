// Where files are dropped or chosen. Two buttons do by keyboard what dropping does; nothing of a file is shown but its name.
import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { bytes } from '../../text/format.js';
import { t } from '../../text/index.js';
import { entriesOfDrop, filesOfEntries, filesOfField, MOST_FILES, type ChosenFile } from '../../upload/chosen-files.js';
import { archiveKindOf, type ArchiveKind } from '../../upload/named-files.js';
import styles from './add-exhibit.module.css';

const words = t.upload;

export interface Chosen {
  readonly files: readonly ChosenFile[];
  readonly archive: ArchiveKind | null;
}

const chosenWords = ({ files, archive }: Chosen): string => {
  const size = bytes(files.reduce((sum, { file }) => sum + file.size, 0));
  const [only] = files;
  return archive === null || only === undefined
    ? words.chosen(files.length, size)
    : words.archive(only.file.name, size);
};

interface DropZoneProps {
  readonly chosen: Chosen | null;
  readonly onChosen: (chosen: Chosen | null) => void;
  readonly onRefused: (error: unknown) => void;
}

export const DropZone = ({ chosen, onChosen, onRefused }: DropZoneProps): ReactNode => {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [says, setSays] = useState<string | null>(null);

  const take = async (read: () => ChosenFile[] | Promise<ChosenFile[]>): Promise<void> => {
    onRefused(null);
    onChosen(null);
    setSays(words.reading);
    try {
      const list = await read();
      setSays(list.length === 0 ? words.nothingChosen : null);
      if (list.length > 0) onChosen({ files: list, archive: await archiveKindOf(list) });
    } catch (error) {
      setSays(null);
      onRefused(error);
    }
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const entries = entriesOfDrop(event.dataTransfer.items);
    void take(() => filesOfEntries(entries));
  };
  const field = (which: typeof files, more: object): ReactNode => (
    <input
      ref={which}
      type="file"
      multiple
      hidden
      {...more}
      onChange={(event) => {
        const { files: list } = event.currentTarget;
        if (list !== null) void take(() => filesOfField(list));
        event.currentTarget.value = '';
      }}
    />
  );
  return (
    <div
      className={styles['zone']}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <span role="status">{says ?? (chosen === null ? words.drop(MOST_FILES) : chosenWords(chosen))}</span>
      <span className={styles['row']}>
        <button type="button" className="button" onClick={() => files.current?.click()}>
          {words.chooseFiles}
        </button>
        <button type="button" className="button" onClick={() => folder.current?.click()}>
          {words.chooseFolder}
        </button>
      </span>
      {field(files, { 'data-chooser': 'files' })}
      {field(folder, { 'data-chooser': 'folder', webkitdirectory: '' })}
    </div>
  );
};

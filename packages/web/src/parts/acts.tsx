// What can be done with what a page shows: buttons, and below them the form of the one that was chosen.
import { useState, type ReactNode } from 'react';
import form from './ask.module.css';

export interface Act {
  readonly words: string;
  /** `done`: closes it again. */
  readonly form: (done: () => void) => ReactNode;
}

export const Acts = ({ acts }: { acts: readonly Act[] }): ReactNode => {
  const [chosen, setChosen] = useState<string | null>(null);
  const act = acts.find(({ words }) => words === chosen);
  return (
    <div className={form['ask']}>
      <div className={form['steps']}>
        {acts.map(({ words }) => (
          <button
            key={words}
            type="button"
            className="button"
            data-on={words === chosen}
            aria-expanded={words === chosen}
            onClick={() => setChosen(words === chosen ? null : words)}
          >
            {words}
          </button>
        ))}
      </div>
      {act?.form(() => setChosen(null))}
    </div>
  );
};

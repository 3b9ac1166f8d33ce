import { fail, saying } from '@redthread/core/errors';
import { describe, expect, it } from 'vitest';
import { detailIn } from './detail.js';
import * as spanish from './es-details.js';

describe('what exactly was refused', () => {
  it('is told in the language of the page, with the values as they were', () => {
    const { detail, said } = fail('SEARCH_TOO_WIDE', saying`${'{1}'}: more than ${500} files, cases or exhibits`);
    expect(detailIn(spanish, detail, said)).toEqual({
      text: '{1}: más de 500 archivos, casos o indicios',
      lang: null,
    });
    expect(detailIn(spanish, 'no such case')).toEqual({ text: 'no existe ese caso', lang: null });
  });

  it('has words of the program translated where they are values, and nothing that a person typed', () => {
    const { detail, said } = fail('REQUEST_CLOSED', saying`question ${'done'}: it is ${'done'}`);
    expect(detailIn(spanish, detail, said).text).toBe('pregunta done: está hecha');
    const { detail: of, said: values } = fail('NOT_FOUND', saying`no such ${'constructor'}`);
    expect(detailIn(spanish, of, values).text).toBe('no existe: constructor');
  });

  it('is told as the server said it where this page has no words for it, and in English', () => {
    expect(detailIn(spanish, 'a sentence of tomorrow')).toEqual({ text: 'a sentence of tomorrow', lang: 'en' });
    expect(detailIn(null, 'no such case')).toEqual({ text: 'no such case', lang: 'en' });
  });
});

const sources = Object.values(
  import.meta.glob<string>(['../../../server/src/{features,app}/**/*.ts', '!../../../server/src/**/*.test.ts'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
);

/** What stands in backticks from there on, with its values numbered: they may hold braces and templates of their own. */
const sentenceAt = (source: string, start: number): string => {
  let sentence = '';
  let values = 0;
  let depth = 0;
  for (let at = start; at < source.length; at += 1) {
    if (depth === 0 && source[at] === '`') return sentence;
    if (source[at] === '{' && depth > 0) depth += 1;
    else if (source.startsWith('${', at) && depth === 0) {
      depth = 1;
      at += 1;
      sentence += `{${values++}}`;
    } else if (source[at] === '}' && depth > 0) depth -= 1;
    else if (depth === 0) sentence += source[at] ?? '';
  }
  return sentence;
};

const said = new Set(
  sources.flatMap((source) => [...source.matchAll(/saying`/g)].map(({ index }) => sentenceAt(source, index + 7))),
);

describe('the sentences of the server in Spanish', () => {
  const known = Object.entries(spanish.details);

  it('are sentences that it says', () => {
    const all = sources.join('\n');
    const isSaid = (sentence: string): boolean =>
      said.has(sentence) || (!sentence.includes('{0}') && all.includes(sentence));
    expect(known.map(([sentence]) => sentence).filter((sentence) => !isSaid(sentence))).toEqual([]);
  });

  it('say every value, and no other', () => {
    const places = (text: string): string[] =>
      [...new Set([...text.matchAll(/\{(\d+)w?\}/g)].map(([, digits]) => digits ?? ''))].sort();
    /** ", not several": what is no more than a hint. */
    const isLess = ['give one of {0}{1}'];
    for (const [sentence, spoken] of known)
      if (!isLess.includes(sentence)) expect(places(spoken), sentence).toEqual(places(sentence));
  });

  it('are nearly all that have values: a newer one is shown in English until it has its words', () => {
    const missing = [...said].filter((sentence) => /[a-z]{2}/.test(sentence) && !(sentence in spanish.details));
    expect(missing.length / said.size, missing.join('\n')).toBeLessThan(0.1);
  });
});

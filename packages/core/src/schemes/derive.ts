// From facts to a code, or to why there is none. Each fact is a set of what is possible, so a rule holds, does not hold, or cannot
// be told (Kleene's three values).
import type { Facts, Mapped, Translated } from '../contract/schemes.js';
import { codeName } from './names.js';
import { FACT_RULES, type FactCondition, type FactRule } from './shipped/facts.js';

type Holds = 'yes' | 'no' | 'open';

const oneOf = (possible: readonly string[] | undefined, wanted: readonly string[]): Holds => {
  if (possible === undefined) return 'open';
  const within = possible.filter((value) => wanted.includes(value)).length;
  return within === possible.length ? 'yes' : within === 0 ? 'no' : 'open';
};

const FACETS = ['age', 'act', 'origin', 'focus'] as const;

/** Whether it holds, and which facts leave that open. */
const judge = (facts: Facts, when: FactCondition): { readonly holds: Holds; readonly open: readonly string[] } => {
  const each = FACETS.flatMap((facet) => {
    const wanted = when[facet];
    return wanted === undefined ? [] : [{ facet, holds: oneOf(facts[facet], wanted) }];
  });
  if (each.some(({ holds }) => holds === 'no')) return { holds: 'no', open: [] };
  const open = each.filter(({ holds }) => holds === 'open').map(({ facet }) => facet);
  return { holds: open.length === 0 ? 'yes' : 'open', open };
};

const NO_RULES: Translated = {
  en: 'No code of this scheme follows from facts alone.',
  es: 'Ningún código de este esquema se sigue solo de los hechos.',
};
const NO_RULE_HOLDS: Translated = {
  en: 'The facts fit no code for certain.',
  es: 'Los hechos no encajan con seguridad en ningún código.',
};
const FACETS_ES: Readonly<Record<string, string>> = { age: 'edad', act: 'acto', origin: 'origen', focus: 'enfoque' };
const leftOpen = (facets: readonly string[]): Translated => ({
  en: `Not said, or in doubt: ${facets.join(', ')}.`,
  es: `No dicho, o dudoso: ${facets.map((facet) => FACETS_ES[facet] ?? facet).join(', ')}.`,
});

/** What the facts come to in one scheme, by `rules`. The first rule that holds decides, unless one before it is open. */
export const deriveCode = (
  facts: Facts,
  scheme: string,
  rules: readonly FactRule[] = FACT_RULES[scheme] ?? [],
): Pick<Mapped, 'scheme' | 'to' | 'cannot'> => {
  const none = (cannot: Translated) => ({ scheme, to: null, cannot });
  if (rules.length === 0) return none(NO_RULES);
  for (const { code, when } of rules) {
    const { holds, open } = judge(facts, when);
    if (holds === 'yes') return { scheme, to: codeName({ scheme, code }), cannot: null };
    if (holds === 'open' && !settledAnyhow(facts, code, rules)) return none(leftOpen(open));
  }
  return none(NO_RULE_HOLDS);
};

/** An open rule changes nothing where every rule that is certain gives the same code. */
const settledAnyhow = (facts: Facts, code: string, rules: readonly FactRule[]): boolean => {
  const verdicts = rules.map((rule) => ({ code: rule.code, holds: judge(facts, rule.when).holds }));
  const certain = new Set(verdicts.filter(({ holds }) => holds === 'yes').map((one) => one.code));
  const possible = new Set(verdicts.filter(({ holds }) => holds !== 'no').map((one) => one.code));
  return certain.has(code) && possible.size === 1;
};

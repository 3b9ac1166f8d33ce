// Maps between the shipped schemes. Each says of every code of its source what becomes of it; where the definitions differ it says
// that, and gives no code.
import type { MapEntry, SchemeMap } from '../../contract/schemes.js';
import { cannot, to } from './words.js';

const BY_DEFINITION =
  'By the definitions that stand with the two schemes, code by code; whatever needs more than the code says is not mapped.';

const NEEDS_ACT = ['The code does not say which act it is.', 'El código no dice de qué acto se trata.'] as const;
const NEEDS_AGE = ['The code does not say which age it is.', 'El código no dice de qué edad se trata.'] as const;
const OTHER_LAW = [
  'The two laws draw this line in different places.',
  'Las dos leyes trazan esta línea en lugares distintos.',
] as const;
const NO_COUNTERPART = ['The other scheme has nothing for this.', 'El otro esquema no tiene nada para esto.'] as const;
const NEEDS_FACTS = [
  'It takes the age, the act and whether the child is real, which the code does not say.',
  'Requiere la edad, el acto y si el niño es real, que el código no dice.',
] as const;

const map = (from: string, target: string, entries: readonly MapEntry[], source = BY_DEFINITION): SchemeMap => ({
  from,
  to: target,
  source,
  entries: [...entries],
});
const noneOf = (codes: readonly string[], why: readonly [string, string]): MapEntry[] =>
  codes.map((one) => cannot(one, why));

const same = (codes: readonly string[]): MapEntry[] => codes.map((one) => to(one, one));

export const SHIPPED_MAPS: readonly SchemeMap[] = [
  map(
    'vic-us@1.3',
    'vic-us@2.0',
    [to('0', '5'), ...same(['1', '2', '3', '4']), to('5', '0')],
    '0 and 5 change places, as the open readers that noticed it have since written.',
  ),
  map('vic-default@2.0', 'vic-us@2.0', [...same(['0', '1', '3', '4', '5']), cannot('2', OTHER_LAW)]),
  map('vic-us@2.0', 'vic-default@2.0', [...same(['0', '1', '3', '4', '5']), cannot('2', OTHER_LAW)]),
  map('vic-us@2.0', 'vic-canada@2.0', [
    to('0', '0'),
    ...noneOf(['1', '2'], OTHER_LAW),
    ...noneOf(['3', '4'], NO_COUNTERPART),
    to('5', '5'),
  ]),
  map('vic-canada@2.0', 'vic-us@2.0', [to('0', '0'), ...noneOf(['1', '2'], OTHER_LAW), to('5', '5')]),
  map('vic-us@2.0', 'vic-uk@2.0', [
    cannot('0', OTHER_LAW),
    cannot('1', NEEDS_ACT),
    ...noneOf(['2', '3', '4'], OTHER_LAW),
    to('5', 'unclassified'),
  ]),
  map('vic-uk@2.0', 'vic-us@2.0', [
    to('A', '1'),
    to('B', '1'),
    cannot('C', OTHER_LAW),
    cannot('not-illegal', OTHER_LAW),
    to('unclassified', '5'),
  ]),
  map(
    'ncmec@1',
    'vic-us@2.0',
    ['A1', 'A2', 'B1', 'B2'].map((one) => to(one, '1')),
  ),
  map('vic-us@2.0', 'ncmec@1', [
    cannot('0', NO_COUNTERPART),
    cannot('1', NEEDS_AGE),
    ...noneOf(['2', '3', '4', '5'], NO_COUNTERPART),
  ]),
  map('ncmec@1', 'vic-uk@2.0', [cannot('A1', NEEDS_ACT), to('A2', 'C'), cannot('B1', NEEDS_ACT), to('B2', 'C')]),
  map('vic-uk@2.0', 'ncmec@1', [
    ...noneOf(['A', 'B', 'C'], NEEDS_AGE),
    ...noneOf(['not-illegal', 'unclassified'], NO_COUNTERPART),
  ]),
  map('vic-us@2.0', 'interpol-baseline@1', [
    to('0', 'not-baseline'),
    ...noneOf(['1', '2', '3'], NEEDS_FACTS),
    to('4', 'not-baseline'),
    cannot('5', NO_COUNTERPART),
  ]),
  map('vic-default@2.0', 'interpol-baseline@1', [
    to('0', 'not-baseline'),
    ...noneOf(['1', '2', '3'], NEEDS_FACTS),
    to('4', 'not-baseline'),
    cannot('5', NO_COUNTERPART),
  ]),
  map('vic-uk@2.0', 'interpol-baseline@1', [
    ...noneOf(['A', 'B', 'C'], NEEDS_FACTS),
    to('not-illegal', 'not-baseline'),
    cannot('unclassified', NO_COUNTERPART),
  ]),
  map('ncmec@1', 'interpol-baseline@1', noneOf(['A1', 'A2', 'B1', 'B2'], NEEDS_FACTS)),
  map('interpol-baseline@1', 'vic-us@2.0', [to('baseline', '1'), cannot('not-baseline', NEEDS_FACTS)]),
];

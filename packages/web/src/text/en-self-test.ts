// The English words of the page of the self-test.
import { plural } from './plural.js';

export const selfTest = {
  title: 'Self-test',
  empty: 'No self-test was kept yet.',
  teach: 'It draws pictures and edits of them, and shows what each method finds and confuses on this machine. Run it:',
  command: 'redthread selftest --store',
  holds: 'What the program promises holds',
  broken: 'What the program promises does not hold',
  keptBy: (at: string, login: string) => `kept ${at} by ${login}`,
  recall: 'Copies that are taken for their picture',
  errors: 'Different pictures that are taken for the same',
  misses: 'Promised and missed',
  notProposed: (n: string) => `The index did not propose ${n} of the matches: in a store they would be missed.`,
  restsOn: 'What this rests on',
  edit: 'Edit',
  copies: 'Copies',
  together: 'Together',
  promised: 'Promised',
  kept: 'holds',
  missed: (n: string) => `${n} missed`,
  beyond: 'not promised',
  method: 'Method',
  comparisons: 'Comparisons',
  false: 'False',
  nearMisses: 'Made to be confused',
  set: 'Set',
  drawn: (seed: number, pictures: number, copies: number) =>
    `seed ${seed}: ${plural(pictures, 'drawn picture', 'drawn pictures')}, ${plural(copies, 'edited copy', 'edited copies')}`,
  program: 'Program',
  methods: 'Methods',
  methodWords: (name: string, version: number, threshold: number, unit: string) =>
    `${name} v${version} (${threshold} ${unit})`,
  decoder: 'Decoder',
  machine: 'Machine',
  machineWords: (cpu: string, cores: number, memory: string, platform: string, node: string) =>
    `${cpu}, ${plural(cores, 'core', 'cores')}, ${memory}, ${platform}, Node ${node}`,
  took: 'Took',
  repeat: 'Repeat',
  again: (seed: number, pictures: number) => `redthread selftest --seed ${seed} --pictures ${pictures}`,
};

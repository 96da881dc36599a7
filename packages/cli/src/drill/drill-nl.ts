import { dutch } from '@huismeester/contracts/sentences';
import type { DrillWords } from './drill-en.ts';

const { duur, stages } = dutch;

export const dutchDrill: DrillWords = {
  title: (ups) => `Een stroomstoring bij UPS ${ups}, alleen in gedachten: er wordt niets aangeraakt.`,
  reading: (ups, charge_pct, runtime_s) => {
    const known = [
      ...(charge_pct === undefined ? [] : [`${charge_pct} %`]),
      ...(runtime_s === undefined ? [] : [`nog ${duur(runtime_s)}`]),
    ];
    return `UPS ${ups} begint met ${known.length === 0 ? 'een accu waar hij niets over vertelt' : known.join(', ')}.`;
  },
  heads: {
    after: 'na',
    what: 'wat',
    who: 'wie',
    node: 'node',
    off: 'uit om',
    why: 'waarom',
    back: 'stroom +',
    how: 'hoe',
    severity: 'ernst',
  },
  stage: (stage) => `fase ${stages[stage]}`,
  fates: {
    'shut-down': 'afsluiten',
    'with-its-node': 'met zijn node',
    'left-alone': 'met rust gelaten',
    off: 'staat al uit',
    'loses-power': 'VALT UIT',
  },
  dryRun: 'dry-run',
  nodeGoes: {
    upsmon: 'upsmon sluit af',
    huismeester: 'wij sluiten af',
    nobody: 'buiten de storing',
  },
  empty: 'accu leeg',
  returns: 'Hoe alles terugkomt, als er weer netstroom is:',
  starts: 'gestart',
  staysOff: 'wordt niet weer gestart',
  wakes: {
    wol: 'gewekt met een magic packet',
    'ups-cycle': 'door de UPS, die zijn uitgangen uit en weer aan zet',
    manual: 'door iemand ter plaatse',
  },
  nothingReturns: 'Er hoeft niets terug te komen.',
  apart: 'En deze:',
  nothingHappens: 'Er zou niets gebeuren.',
  problems: 'Wat er mis zou gaan:',
  severities: { error: 'fout', warning: 'let op' },
  noProblem: 'Er zou niets misgaan.',
  fits: 'Het plan past.',
  fitsNot: (errors) => `het plan past niet: ${errors} ${errors === 1 ? 'fout' : 'fouten'}`,
};

import { dutch, duur } from '@huismeester/contracts/sentences';
import type { DrillWords } from './drill-en.ts';

const { stages } = dutch;

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
  fates: dutch.fates,
  dryRun: 'dry-run',
  nodeGoes: dutch.nodeGoes,
  empty: 'accu leeg',
  returns: 'Hoe alles terugkomt, als er weer netstroom is:',
  starts: 'gestart',
  staysOff: 'wordt niet weer gestart',
  wakes: dutch.wakes,
  nothingReturns: 'Er hoeft niets terug te komen.',
  apart: 'En deze:',
  nothingHappens: 'Er zou niets gebeuren.',
  problems: 'Wat er mis zou gaan:',
  severities: dutch.problemSeverities,
  noProblem: 'Er zou niets misgaan.',
  fits: 'Het plan past.',
  fitsNot: (errors) => `het plan past niet: ${errors} ${errors === 1 ? 'fout' : 'fouten'}`,
};

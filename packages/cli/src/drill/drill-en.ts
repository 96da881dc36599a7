import type { Drill } from '@huismeester/contracts';
import { english } from '@huismeester/contracts/sentences';
import { lengthOf } from '../time.ts';

/** The words between the data of a drill; the other languages have the same. Times come as on a stopwatch. */
export const englishDrill = {
  title: (ups: string) => `A power cut at UPS ${ups}, only thought through: nothing is touched.`,
  reading: (ups: string, charge_pct: number | undefined, runtime_s: number | undefined) => {
    const known = [
      ...(charge_pct === undefined ? [] : [`${charge_pct} %`]),
      ...(runtime_s === undefined ? [] : [`${lengthOf(runtime_s)} left`]),
    ];
    return `UPS ${ups} begins with ${known.length === 0 ? 'a battery of unknown charge' : known.join(', ')}.`;
  },
  heads: {
    after: 'after',
    what: 'what',
    who: 'who',
    node: 'node',
    off: 'off at',
    why: 'why',
    back: 'mains +',
    how: 'how',
    severity: 'severity',
  },
  stage: (stage: Drill['stages'][number]['stage']) => `stage ${stage}`,
  fates: english.fates,
  dryRun: 'dry-run',
  nodeGoes: english.nodeGoes,
  empty: 'battery empty',
  returns: 'How it comes back, after mains is back:',
  starts: 'started',
  staysOff: 'is not started again',
  wakes: english.wakes,
  nothingReturns: 'Nothing has to come back.',
  apart: 'And these:',
  nothingHappens: 'Nothing would happen.',
  problems: 'What would go wrong:',
  severities: english.problemSeverities,
  noProblem: 'Nothing would go wrong.',
  fits: 'The plan fits.',
  fitsNot: (errors: number) => `the plan does not fit: ${errors} ${errors === 1 ? 'error' : 'errors'}`,
};

export type DrillWords = typeof englishDrill;

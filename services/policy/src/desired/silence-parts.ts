import type { Part } from '@huismeester/service';
import type { Passed } from './pass-runner.ts';

/** The rules that are silent, for health: what is below each on its targets waits, the rest goes on. */
export function silenceParts(latest: Passed | undefined, isFailing: boolean): Part[] {
  if (isFailing) {
    const detail =
      'the last power pass failed, so nothing is decided; it is tried again, and the log says why';
    return [{ name: 'policy: rules', ready: false, detail }];
  }
  if (!latest) {
    return [
      {
        name: 'policy: rules',
        ready: false,
        essential: false,
        detail: 'nothing is decided before the logs of the sources were read to their heads once',
      },
    ];
  }
  return [...latest.pass.silent].map(([rule, { why }]) => ({
    name: `policy: rule ${rule}`,
    ready: false,
    essential: false,
    detail: `it is silent: ${why}`,
  }));
}

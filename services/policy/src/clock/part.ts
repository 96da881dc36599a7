import type { Part } from '@huismeester/service';
import type { Passed } from '../desired/pass-runner.ts';
import { theClock } from '../facts/clock.ts';

/** Health has a part for the clock while it is not believed. */
export function clockParts(latest: Passed | undefined): Part[] {
  const insane = latest?.facts.clock.get(theClock)?.insane;
  if (!insane) return [];
  const what = insane.why === 'jumped' ? 'it jumped by over an hour' : 'it stands before the newest event';
  const detail = `it is not believed, since ${what}: no lease expires until \`huismeester clock accept\``;
  return [{ name: 'policy: clock', ready: false, essential: false, detail }];
}

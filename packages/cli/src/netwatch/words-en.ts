import type { LookReason, ThingState } from '@huismeester/contracts';
import { defects } from '@huismeester/contracts/sentences';
import { lengthOf } from '../time.ts';
import { listed } from './status.ts';

/** The state of a thing, for the first line of its story. */
export interface FirstLine {
  readonly state: ThingState;
  readonly since?: string | undefined;
  readonly because?: string | undefined;
  readonly reason?: LookReason | undefined;
  readonly detail?: string | undefined;
}

/** The words between the events of a story of the network; the other languages have the same. */
export const english = {
  state: { up: 'up', down: 'down', unknown: 'unknown' } as Readonly<Record<ThingState, string>>,
  status: (what: string, { state, since, because, reason, detail }: FirstLine) => {
    const from = since === undefined ? '' : ` since ${since}`;
    const why = listed(reason, detail);
    const cause = because === undefined ? why && ` (${why})` : `, because of ${because}`;
    return `${what}: ${state}${from}${cause}.`;
  },
  /** Of a newer program there may be a defect that has no words here. */
  degraded: (defect: string) => `It ${defects.en[defect] ?? `is degraded: ${defect}`}.`,
  neverFailed: 'It was never part of an incident.',
  events: 'What happened last:',
  noEvents: 'Nothing was seen to happen to it.',
  began: (id: string, root: string, at: string) => `Incident ${id}: ${root} failed first, at ${at}.`,
  followed: 'Then:',
  member: (thing: string, state: ThingState) => `${thing}, now ${state}`,
  because: (root: string, subject: string) => `${root} explains why ${subject} failed.`,
  also: (others: string) => `${others} failed too, and would explain it as well.`,
  planned: 'It is planned: somebody works on it (`huismeester holds`).',
  partlyPlanned: (things: string) =>
    `Planned, since somebody works on them (\`huismeester holds\`): ${things}.`,
  powerCut: 'A power cut explains it.',
  happened: 'What happened:',
  more: (count: number, correlation: string) =>
    `… ${count} more: \`huismeester events --correlation ${correlation}\` shows all`,
  over: (id: string, at: string, seconds: number) =>
    `Incident ${id} ended at ${at}, after ${lengthOf(seconds)}.`,
  goesOn: (id: string, seconds: number, left: string) =>
    `Incident ${id} goes on, for ${lengthOf(seconds)} so far; not back: ${left}.`,
};

export type Words = typeof english;

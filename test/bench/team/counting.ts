import { advance, type Cast, type Situation } from '@huismeester/membership/core/admission/advance';
import type { Application } from '@huismeester/membership/core/admission/application';
import { count } from '@huismeester/membership/core/admission/count';
import { inMs, median, type Row } from '../row.ts';

const applications = 10_000;
/** Far larger than the team of a space. */
const members = 20;
const now = new Date('2026-11-22T18:00:00Z');
const ends = new Date(now.getTime() + 24 * 3_600_000).toISOString();

/** Counting 10,000 applications, and deciding what follows for them, in a team of 20 of whom some voted; nothing else, no database. */
export function counting(rounds: number): Row {
  const all = Array.from({ length: applications }, (_, index) => applicationWith(index));
  const measured: { readonly counted: number; readonly decided: number; readonly closed: number }[] = [];
  // Code that never ran before is not what is measured.
  for (let round = -2; round < rounds; round += 1) {
    const counted = timed(() => all.filter(({ voting }) => count(voting) !== undefined).length);
    const decided = timed(
      () => all.filter((each) => advance(each.id, each.application, each.situation).length > 0).length,
    );
    if (counted.found !== decided.found) throw new Error('what is counted as closed does not close');
    if (round >= 0) measured.push({ counted: counted.ms, decided: decided.ms, closed: counted.found });
  }
  const of = (what: 'counted' | 'decided') => median(measured.map((each) => each[what]));
  return {
    what: `counting ${applications.toLocaleString('en')} applications, ${members} full members, CPU, median of ${rounds}`,
    measured: `${inMs(of('counted'))}; ${measured[0]?.closed} of them close`,
    target: '≤ 100 ms',
    met: of('counted') <= 100,
    reference: `with all that follows from it, up to being carried out: ${inMs(of('decided'))}`,
  };
}

function applicationWith(index: number) {
  const team = Array.from({ length: members }, (_, member) => `person-${member}`);
  const full = new Set(team);
  // As many votes as the index says, of all kinds, and one of somebody who left.
  const casts: Cast[] = [...team.slice(0, index % (members + 1)), 'who-left'].map((person, member) => ({
    person,
    vote: (['yes', 'no', 'abstain', 'yes'] as const)[(index + member * 7) % 4],
    noObjection: false,
  }));
  const application: Application = {
    person: 'applicant',
    open: true,
    state: { status: 'open', since: now.toISOString(), ends, trialDays: 60, voted: [] },
  };
  const situation: Situation = {
    team: { full, board: new Set(['person-0']), ofBoard: new Set(['person-0']) },
    casts,
    isParticipant: true,
    now,
    directoryKnown: true,
    clockBelieved: true,
    votingMs: 1,
    boardPeriodMs: 1,
  };
  return { id: `${index}`, application, situation, voting: { electorate: full, votes: casts, ended: false } };
}

/** ms of CPU of this process. */
function timed(work: () => number): { readonly ms: number; readonly found: number } {
  const began = process.cpuUsage();
  const found = work();
  const { user, system } = process.cpuUsage(began);
  return { ms: (user + system) / 1000, found };
}

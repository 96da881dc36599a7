import { departureOf, type KnownOfDeparture } from '@huismeester/policy/departures/departure';
import { noFacts } from '@huismeester/policy/facts/index';
import { inMs, median, type Row } from '../row.ts';

const mostMs = 20;
/** In which code runs for the first time. */
const warmingUp = 20;
const leaves = 'p0';

/** The preview of a departure (TEAM-2), in a space of 1,000 things: as many VMs, projects, accounts, lists, holds and applications, of 200 people. */
export function departure(rounds: number): Row {
  const known = spaceOf(1_000, 200);
  const [found, copied]: [number[], number[]] = [[], []];
  for (let round = 0; round < warmingUp + rounds; round += 1) {
    found.push(msOf(() => departureOf(leaves, known, Date.now())));
    copied.push(msOf(() => [...known.ownership.values()].filter(({ owner }) => owner === leaves)));
  }
  const [measured, reference] = [median(found.slice(warmingUp)), median(copied.slice(warmingUp))];
  const things = departureOf(leaves, known, Date.now())?.vms.length ?? 0;
  return {
    what: 'the preview of a departure, with 1,000 each of VMs, projects, accounts, lists, holds and applications, of 200 people',
    measured: `median of ${rounds}: ${inMs(measured)}; ${things} VMs of them`,
    target: `≤ ${mostMs} ms`,
    met: measured <= mostMs && things > 0,
    reference: `finding the VMs of one owner alone: ${inMs(reference)}`,
  };
}

function spaceOf(things: number, people: number): KnownOfDeparture {
  const each = <Fact>(count: number, fact: (n: number) => Fact) =>
    new Map(Array.from({ length: count }, (_, n) => [`${n}`, fact(n)]));
  const byPerson = <Fact>(fact: (id: string) => Fact) =>
    new Map(Array.from({ length: people }, (_, n) => [`p${n}`, fact(`p${n}`)]));
  const of = (n: number) => `p${n % people}`;
  const rights = [{ on: '/', privileges: ['Sys.Modify'], by: ['user: Administrator on /'] }];
  return {
    ...noFacts,
    directory: new Map([['main', { state: 'known' }]]),
    person: byPerson((person) => ({ person, enabled: true, groups: ['board', 'team'], roles: [] })),
    member: byPerson((person) => ({ person, state: 'full' })),
    ownership: each(things, (n) => ({ ownership: `${n}`, vm: `${n}`, incarnation: 'i', owner: of(n) })),
    project: each(things, (n) => ({
      project: `${n}`,
      class: 'space-wide',
      classAt: 0,
      state: 'active',
      agreed: true,
      owner: of(n),
      managers: [of(n + 1), of(n + 2)],
    })),
    account: each(things, (n) => ({
      account: `${n}`,
      source: 'pve',
      kind: 'user',
      person: of(n),
      asleep: false,
      rights,
    })),
    accessList: each(things, (n) => ({
      list: `${n}`,
      kind: 'secret',
      core: true,
      people: [of(n), of(n + 1)],
      since: 0,
    })),
    hold: each(things, (n) => ({
      id: `${n}`,
      target: 'vm/104',
      since: 0,
      until: 0,
      because: 'a new disk',
      by: `person:${of(n)}`,
    })),
    application: each(things, (n) => ({
      application: `${n}`,
      person: of(n + 1),
      state: 'open',
      since: 0,
      trialDays: 60,
      voted: [of(n)],
    })),
  };
}

function msOf(run: () => unknown): number {
  const began = performance.now();
  run();
  return performance.now() - began;
}

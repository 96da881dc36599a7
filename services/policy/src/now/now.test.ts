import { Now } from '@huismeester/contracts';
import fc from 'fast-check';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { fullBattery, minute, PowerSpace, second } from '../../test/power-space.ts';
import type { Passed } from '../desired/pass-runner.ts';
import { spaceView } from '../display/space.ts';
import type { IncidentFact } from '../facts/incident.ts';
import { unknownFeed } from '../facts/ups.ts';
import { type NowKnown, nowOf, publicPart } from './now.ts';
import type { Source } from './sources.ts';

const begin = Date.parse('2026-12-02T13:00:00Z');

/** A space with a core VM, a participant's and a node, fed by a UPS that answers. */
function story(): PowerSpace {
  const made = new PowerSpace([
    ['101', 'core'],
    ['104', 'participant'],
  ]);
  made.now = begin;
  made.startedAt = begin;
  return made.node('pve1', true).hypervisor(true).ups('ups.on-mains', {});
}

/** What is known of it, by the pass that it made last; `more` is put in the place of some of it. */
function knownOf(
  { last, facts, modes, settings, now }: PowerSpace,
  {
    at = now,
    unaccepted = { all: 0, serious: 0 },
    ...more
  }: Partial<NowKnown & Pick<Passed, 'unaccepted'>> = {},
): NowKnown {
  // What is used of a pass.
  const found = {
    pass: last,
    facts,
    stored: { modes, violations: [] },
    open: 0,
    unaccepted,
    now,
  } as unknown as Passed;
  const view = spaceView(
    settings,
    () => found,
    () => begin,
  );
  return {
    found,
    space: view.space(at),
    sources: [{ service: 'netwatch', state: 'fresh' }],
    names: new Map([['vm/101', 'nextcloud']]),
    settings,
    watches: last?.clauses,
    timezone: 'Europe/Amsterdam',
    at,
    ...more,
  };
}

const incident = (root: string, state: 'down' | 'unknown', core = true): IncidentFact => ({
  id: root,
  root,
  outage: false,
  members: [{ thing: root, state, core, since: '2026-12-02T12:59:00.000Z' }],
  correlationid: 'c',
});
const withIncidents = (made: PowerSpace, ...all: IncidentFact[]) => {
  made.facts = { ...made.facts, incident: new Map(all.map((each) => [each.id, each])) };
  return made;
};
const restOf = ({ at: _, ...rest }: Now) => rest;

describe('how the space is', () => {
  it('is fine where all is known and nothing is the matter', () => {
    const now = nowOf(knownOf(story()));
    expect(now).toMatchObject({ state: 'fine', stage: 'mains', core: { down: 0, things: [] }, outages: [] });
    expect(now.ups).toMatchObject([{ id: 'rack', mains: 'on-mains', seen: true }]);
    expect(now.nodes).toEqual([{ id: 'pve-pve1', node: 'pve1', online: true }]);
    expect([...Value.Errors(Now, now)]).toEqual([]);
  });

  it('is unknown before the first evaluation, and nothing is counted then', () => {
    const now = nowOf({ ...knownOf(story()), found: undefined, space: undefined });
    expect(now).toMatchObject({ state: 'unknown', stage: 'unknown', core: {} });
    expect(now.core).toEqual({});
    expect([...Value.Errors(Now, now)]).toEqual([]);
  });

  it.each<[string, (made: PowerSpace) => PowerSpace, Partial<NowKnown>, string]>([
    ['a UPS that does not answer', (made) => made.ups('ups.lost', {}), {}, 'UPS rack'],
    ['a UPS of which nothing is known', withUnknownUps, {}, 'UPS attic'],
    ['a hypervisor that does not answer', (made) => made.hypervisor(false), {}, 'Hypervisor pve'],
    [
      'core of which its probe does not know how it is',
      (made) => withIncidents(made, incident('probe/website', 'unknown')),
      {},
      'Website',
    ],
    [
      'a log that cannot be read, and not what it says',
      (made) => withIncidents(made, incident('probe/website', 'unknown')),
      { sources: [{ service: 'netwatch', state: 'away' }] },
      'Netwatch',
    ],
  ])('is unknown because of %s', (_, change, more, text) => {
    const { state, says } = nowOf(knownOf(change(story()), more));
    expect([state, says.nl]).toEqual(['unknown', `${text} is nu niet te zien, dus niet alles is bekend.`]);
  });

  it('has no node that is on or off while its hypervisor does not answer', () => {
    const nodes = (made: PowerSpace) => nowOf(knownOf(made)).nodes?.map(({ online }) => online);
    expect(nodes(story())).toEqual([true]);
    expect(nodes(story().hypervisor(false))).toEqual([undefined]);
  });

  it('is serious with core that is down, by the names that things have', () => {
    const made = withIncidents(story().vm('vm.stopped', '101'), incident('probe/website', 'down'));
    const { state, says, core } = nowOf(knownOf(made));
    expect([state, says.nl]).toEqual(['serious', 'Core-infra doet het niet: nextcloud, website.']);
    expect(core).toEqual({
      down: 2,
      things: [
        { thing: 'vm/101', name: 'nextcloud' },
        { thing: 'probe/website', since: '2026-12-02T12:59:00.000Z' },
      ],
    });
  });

  it('is a cut, with what comes next and when; the same until something changes', () => {
    const made = story().ups('ups.on-battery', fullBattery);
    expect(nowOf(knownOf(made)).says.nl).toBe('De stroom is uitgevallen: er gaat nog niets uit.');
    made.after(minute);
    const [before, later] = [0, 20 * second].map((ms) => nowOf(knownOf(made, { at: made.now + ms })));
    expect(before).toMatchObject({
      state: 'cut',
      stage: 'hold',
      since: '2026-12-02T13:00:00.000Z',
      next: { stage: 'participant', at: '2026-12-02T13:03:00.000Z' },
      outages: [{ ups: 'rack', stage: 'hold', since: '2026-12-02T13:00:00.000Z' }],
      says: { nl: 'De stroom is uitgevallen: om 14:03 gaan de VM’s van deelnemers uit.' },
    });
    // It is what the ETag is of.
    expect(later && restOf(later)).toEqual(before && restOf(before));
    made.after(4 * minute);
    expect(nowOf(knownOf(made))).toMatchObject({ state: 'cut', stage: 'participant' });
  });

  it('says of a cut in dry-run that nothing goes off', () => {
    const made = story();
    made.modes = new Map([['power/CORE-1', 'enforce']]);
    const now = nowOf(knownOf(made.ups('ups.on-battery', fullBattery).after(minute)));
    expect(now.dryRun).toContain('power/SPACE-3');
    // Nothing in a space of VMs and one UPS has to do with people.
    expect(now.notSetUp).toBeGreaterThan(0);
    expect(now.says.nl).toContain('er wordt niets uitgezet');
  });
});

function withUnknownUps(made: PowerSpace): PowerSpace {
  made.facts = { ...made.facts, ups: new Map(made.facts.ups).set('attic', unknownFeed('attic')) };
  return made;
}

/** As the summary on MQTT has it (`state/space/main`): the stage, since when, the next one, and numbers; and in words. */
const ofSummary = ['at', 'core', 'counts', 'next', 'reasons', 'says', 'since', 'sources', 'stage', 'state'];
const any = fc.record({
  onBattery: fc.boolean(),
  minutes: fc.integer({ min: 0, max: 15 }),
  isCoreOff: fc.boolean(),
  things: fc.array(fc.constantFrom('down', 'unknown'), { maxLength: 3 }),
  isArmed: fc.boolean(),
  isSeen: fc.boolean(),
  away: fc.boolean(),
  serious: fc.nat(3),
  warnings: fc.nat(3),
});

describe('what anybody, and a display, are answered', () => {
  it('is no more than the public summary says, whatever is the case', () => {
    fc.assert(
      fc.property(
        any,
        ({ onBattery, minutes, isCoreOff, things, isArmed, isSeen, away, serious, warnings }) => {
          const made = story();
          if (!isArmed) made.modes = new Map();
          if (isCoreOff) made.vm('vm.stopped', '101');
          withIncidents(made, ...things.map((state, n) => incident(`probe/secret${n}`, state)));
          if (onBattery) made.ups('ups.on-battery', fullBattery).after(minutes * minute);
          if (!isSeen) made.ups('ups.lost', {});
          const sources: Source[] = [{ service: 'netwatch', state: away ? 'away' : 'fresh' }];
          const known = knownOf(made, { sources, unaccepted: { all: serious + warnings, serious } });
          const [whole, anybody, display] = [
            nowOf(known),
            publicPart(known),
            publicPart(known, { power: true }),
          ];
          expect(Object.keys(anybody).every((each) => ofSummary.includes(each))).toBe(true);
          expect(Object.keys(anybody.counts)).toEqual(['violations', 'holds', 'hindered', 'nodesOff']);
          expect(JSON.stringify(anybody)).not.toMatch(/secret|nextcloud|rack|pve|netwatch|vm\/|dry-run/);
          const { outages: _, ups: __, ...rest } = display;
          expect(Object.keys(rest).every((each) => ofSummary.includes(each))).toBe(true);
          expect(JSON.stringify(display)).not.toMatch(/secret|nextcloud|pve|netwatch|vm\//);
          // What is known to nobody is fine for nobody.
          if (whole.state === 'unknown') expect(anybody.state).toBe('unknown');
          expect(anybody.state === 'fine').toBe(whole.state === 'fine');
          for (const each of [anybody, display, whole]) expect([...Value.Errors(Now, each)]).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });
});

import type { Drill, DrillGuest } from '@huismeester/contracts';
import { expect, it } from 'vitest';
import { misfit, renderDrill } from './render.ts';

const guest = (vm: string, more: Partial<DrillGuest>): DrillGuest => ({
  vm,
  class: 'participant',
  hypervisor: 'pve',
  node: 'pve1',
  fate: 'shut-down',
  mode: 'enforce',
  clause: 'SPACE-3',
  reason: "participants' VMs go first",
  reasons: [{ code: 'turn-participant' }],
  ...more,
});

const drill: Drill = {
  fits: false,
  ups: ['rack'],
  from: [{ ups: 'rack', charge_pct: 80, runtime_s: 1200 }],
  empty_s: 1200,
  stages: [
    {
      ups: 'rack',
      at_s: 180,
      stage: 'participant',
      reason: 'on battery for 180 s',
      reasons: [{ code: 'on-battery', elapsed_s: 180 }],
    },
  ],
  guests: [
    guest('120', { at_s: 180, down_s: 240, back_s: 360, mode: 'dry-run' }),
    guest('121', { at_s: 180, down_s: 245 }),
    guest('100', {
      fate: 'loses-power',
      at_s: 1100,
      back_s: 300,
      clause: 'CORE-1',
      reason: 'hangs',
      reasons: [],
    }),
    guest('122', { fate: 'left-alone', reason: 'x', reasons: [{ code: 'hold', text: 'new disk' }] }),
  ],
  nodes: [
    {
      hypervisor: 'pve',
      node: 'pve1',
      by: 'huismeester',
      at_s: 900,
      back: 'wol',
      clause: 'CORE-1',
      reason: 'goes last',
      reasons: [],
    },
    { hypervisor: 'pve', node: 'pve2', by: 'nobody', clause: 'CORE-1', reason: 'no feed', reasons: [] },
  ],
  problems: [
    { severity: 'warning', about: 'vm/121', reason: 'no guest agent', reasons: [] },
    { severity: 'error', about: 'vm/100', reason: 'it loses its power', reasons: [] },
  ],
};
const names = new Map([['120', 'games\u001b[2J']]);
const paper = { width: undefined, paint: (_: unknown, text: string) => text };
const rendered = (language: 'nl' | 'en', of = drill) => renderDrill(of, { language, names }, paper);

it('is ordered by time, then how it comes back, then what would go wrong', () => {
  expect(rendered('en')).toEqual([
    'A power cut at UPS rack, only thought through: nothing is touched.',
    'UPS rack begins with 80 %, 20 min left.',
    '',
    'after    what                 who                    node  off at   why',
    '0:03:00  stage participant    ups/rack                              on battery for 180 s',
    "0:03:00  shut down (dry-run)  vm/120 games\\u{1b}[2J  pve1  0:04:00  SPACE-3: participants' VMs go first",
    "0:03:00  shut down            vm/121                 pve1  0:04:05  SPACE-3: participants' VMs go first",
    '0:15:00  we shut it down      node/pve-pve1                         CORE-1: goes last',
    '0:18:20  LOSES POWER          vm/100                 pve1           CORE-1: hangs',
    '0:20:00  battery empty',
    '',
    'And these:',
    'what                  who            node  why',
    'left alone            vm/122         pve1  SPACE-3: on hold until it is released: new disk',
    'not in the power cut  node/pve-pve2        CORE-1: no feed',
    '',
    'How it comes back, after mains is back:',
    'mains +  who                    node  how',
    '         node/pve-pve1                woken by a magic packet',
    '0:05:00  vm/100                 pve1  started',
    '0:06:00  vm/120 games\\u{1b}[2J  pve1  started',
    '         vm/121                 pve1  is not started again',
    '',
    'What would go wrong:',
    'severity  who     why',
    'error     vm/100  it loses its power',
    'warning   vm/121  no guest agent',
  ]);
});

it('is in Dutch', () => {
  const lines = rendered('nl');
  expect(lines).toContain('UPS rack begint met 80 %, nog 20 min.');
  expect(lines).toContain(
    '0:03:00  fase deelnemers      ups/rack                              180 s op de accu',
  );
  expect(lines).toContain(
    '0:03:00  afsluiten (dry-run)  vm/120 games\\u{1b}[2J  pve1  0:04:00  SPACE-3: de VM’s van deelnemers gaan het eerst',
  );
  expect(lines).toContain('          node/pve-pve1                gewekt met een magic packet');
});

it('says in a few words whether the plan fits', () => {
  expect(misfit(drill, 'en')).toBe('the plan does not fit: 1 error');
  expect(misfit(drill, 'nl')).toBe('het plan past niet: 1 fout');
  expect(misfit({ ...drill, fits: true }, 'en')).toBeUndefined();
  const fine = { ...drill, fits: true, problems: [] };
  expect(rendered('en', fine).slice(-2)).toEqual(['Nothing would go wrong.', 'The plan fits.']);
});

it('says so when nothing would happen', () => {
  const { empty_s: _, ...rest } = drill;
  const calm: Drill = {
    ...rest,
    from: [{ ups: 'rack' }],
    fits: true,
    stages: [],
    guests: [],
    nodes: [],
    problems: [],
  };
  expect(rendered('en', calm)).toEqual([
    'A power cut at UPS rack, only thought through: nothing is touched.',
    'UPS rack begins with a battery of unknown charge.',
    '',
    'Nothing would happen.',
    '',
    'How it comes back, after mains is back:',
    'Nothing has to come back.',
    '',
    'Nothing would go wrong.',
    'The plan fits.',
  ]);
});

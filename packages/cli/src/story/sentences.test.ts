import { expect, it } from 'vitest';
import { sentenceOf } from './sentences.ts';

const since = '2026-11-22T13:41:15.300Z';
const guest = { vm: '104', hypervisor: 'pve', node: 'pve1', class: 'core' };

it('says what an event says', () => {
  const data = { ups: 'rack', since, charge_pct: 98, runtime_s: 2340 };
  expect(sentenceOf({ type: 'ups.on-battery', data }, 'en')).toBe(
    'UPS rack runs on its battery: 98 %, 39 min left',
  );
  const unread = { ups: 'rack', since };
  expect(sentenceOf({ type: 'ups.on-battery', data: unread }, 'en')).toBe('UPS rack runs on its battery');
});

it('says who made a VM stop', () => {
  const of = (cause: string) => sentenceOf({ type: 'vm.stopped', data: { ...guest, cause } }, 'en');
  expect(of('guest')).toBe('VM 104 is off, stopped from inside the guest');
  expect(of('unknown')).toBe('VM 104 is off, nobody saw why');
});

const decision = {
  target: 'vm/104',
  tier: 'power',
  state: 'stopped',
  generation: 2,
  rule: 'power',
  clause: 'CORE-1',
  mode: 'enforce',
  reason: 'UPS rack: on battery for 180 s; core goes last',
  evidence: [],
  settingsHash: 'x',
};
const reasons = [{ code: 'on-battery', ups: 'rack', elapsed_s: 180 }, { code: 'turn-core' }];

it.each([
  [
    'ups.on-battery',
    { ups: 'rack', since, charge_pct: 98, runtime_s: 9000 },
    'UPS rack draait op zijn accu: 98 %, nog 2 uur 30 min',
  ],
  ['ups.on-mains', { ups: 'rack', since, lasted_s: 300 }, 'UPS rack draait weer op netstroom, na 5 min'],
  [
    'ups.lost',
    { ups: 'rack', contact: 'unreachable', on_battery: true },
    'het contact met UPS rack is weg (onbereikbaar), het laatst gezien op de accu',
  ],
  ['vm.stopped', { ...guest, cause: 'person' }, 'VM 104 staat uit, uitgezet door iemand'],
  ['vm.started', { ...guest, cause: 'unknown' }, 'VM 104 draait op pve1, niemand zag waardoor'],
  [
    'vm.power-requested',
    { vm: '104', act: 'shutdown', generation: 2, decision: 'd', attempt: 2, because: 'no trace of it' },
    'Proxmox krijgt het verzoek om VM 104 af te sluiten, poging 2, want: no trace of it',
  ],
  [
    'vm.inspected',
    { vm: '104', onboot: false, agent: false, ha: true },
    'VM 104 start niet mee met zijn node, heeft geen gastagent, wordt door HA beheerd',
  ],
  [
    'desired-state.decided',
    { ...decision, reasons },
    'VM 104 moet uit (CORE-1, scherp): UPS rack: 180 s op de accu; core-infra gaat het laatst',
  ],
  [
    'outage.stage-entered',
    { ups: 'rack', stage: 'space-wide', because: 'x', reasons: [{ code: 'low', ups: 'rack' }] },
    'de stroomstoring bij UPS rack is in fase space-breed: UPS rack: de accu is bijna leeg (LB): alles tegelijk',
  ],
  [
    'hold.placed',
    { hold: 'h1', target: 'vm/104', until: since, because: 'nieuwe schijf' },
    'VM 104 wordt met rust gelaten tot toen: nieuwe schijf',
  ],
  [
    'hold.placed',
    { hold: 'h2', target: 'probe/website', until: since, because: 'nieuwe versie' },
    'probe/website staat on hold tot toen: nieuwe versie',
  ],
  [
    'hold.released',
    { hold: 'h2', target: 'probe/website', how: 'ended' },
    'probe/website staat niet meer on hold',
  ],
  [
    'incident.opened',
    {
      incident: '17',
      root: 'switch/sw1',
      since,
      core: true,
      outage: false,
      others: [],
      members: [{ thing: 'probe/website', state: 'down', core: true, since }],
    },
    'incident 17 begon: switch/sw1, met probe/website (doet het niet)',
  ],
])('says %s in Dutch', (type, data, said) => {
  expect(sentenceOf({ type, data }, 'nl', () => 'toen')).toBe(said);
});

it('tells an older decision, which has no reasons, as it was written', () => {
  expect(sentenceOf({ type: 'desired-state.decided', data: decision }, 'nl')).toBe(
    'VM 104 moet uit (CORE-1, scherp): UPS rack: on battery for 180 s; core goes last',
  );
});

it('shows an event of a newer program as it is', () => {
  const painted = { type: 'vm.painted', data: { colour: 'red' } };
  expect(sentenceOf(painted, 'nl')).toBe('vm.painted {"colour":"red"}');
  expect(sentenceOf({ type: 'ups.on-battery', data: { ups: 7 } }, 'en')).toBe('ups.on-battery {"ups":7}');
});

it.each(['en', 'nl'] as const)('obeys no control character of others (%s)', (language) => {
  const renamed = { type: 'vm.renamed', data: { vm: '104', name: 'a\u001b[2J' } };
  expect(sentenceOf(renamed, language)).toContain('a\\u{1b}[2J');
});

import type { Decision, StoredEvent, Vm } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import { chapters, introduce, lastStory, renderStory } from './story.ts';

const story = '00000000-0000-7000-8000-000000000001';
const stop: Decision = {
  id: 'stop',
  time: '2026-11-22T13:44:45.000Z',
  correlationid: story,
  target: 'vm/104',
  state: 'stopped',
  generation: 2,
  rule: 'power',
  tier: 'power',
  clause: 'PART-4',
  reason: 'on battery for 3 min',
  evidence: ['cut'],
  mode: 'enforce',
  stage: 'participant',
  settingsHash: 'x',
  validUntil: '2026-11-22T13:54:45.000Z',
};
const start: Decision = {
  id: 'start',
  time: '2026-11-22T14:10:00.000Z',
  correlationid: story,
  target: 'vm/104',
  state: 'running',
  generation: 3,
  rule: 'power',
  tier: 'power',
  clause: 'PART-4',
  reason: 'mains is back',
  evidence: ['back', 'lost'],
  mode: 'dry-run',
  stage: 'mains',
  settingsHash: 'x',
};

function event(id: string, type: string, time: string, subject: string, data: object): StoredEvent {
  return {
    specversion: '1.0',
    id,
    source: '/hackalot/x',
    type,
    subject,
    time,
    data,
    datacontenttype: 'application/json',
    dataschema: `/schemas/${type}/1`,
    epoch: story,
    position: 1,
    version: 1,
    correlationid: story,
  };
}

const guest = { vm: '104', hypervisor: 'pve', node: 'pve1', class: 'participant' };
const request = { vm: '104', act: 'shutdown', generation: 2, decision: 'stop', attempt: 1 };
const since = '2026-11-22T13:41:15.300Z';
const cut = event('cut', 'ups.on-battery', '2026-11-22T13:41:45.000Z', 'ups/rack', { ups: 'rack', since });
const back = event('back', 'ups.on-mains', '2026-11-22T14:05:00.000Z', 'ups/rack', { ups: 'rack', since });
const asked = event('asked', 'vm.power-requested', '2026-11-22T13:44:46.000Z', 'vm/104', request);
// Late: named by its decision, it still belongs to the first.
const off = event('off', 'vm.stopped', '2026-11-22T14:11:00.000Z', 'vm/104', {
  ...guest,
  cause: 'huismeester',
  decision: 'stop',
});
const unnamed = event('moved', 'vm.moved', '2026-11-22T14:12:00.000Z', 'vm/104', { ...guest, from: 'pve2' });
const other = event('other', 'vm.stopped', '2026-11-22T13:45:00.000Z', 'vm/105', {
  ...guest,
  vm: '105',
  cause: 'guest',
});
const english = { language: 'en', timeZone: 'UTC' } as const;
const dutch = { language: 'nl', timeZone: 'UTC' } as const;
const found = chapters([start, stop], [off, other, back, unnamed, asked, cut]);

describe('the chapters of a story', () => {
  it('begin with the oldest decision', () => {
    expect(found.map(({ decision }) => decision.id)).toEqual(['stop', 'start']);
  });

  it('hold the evidence, and say what was not found', () => {
    expect(found.map(({ evidence }) => evidence.map(({ id }) => id))).toEqual([['cut'], ['back']]);
    expect(found.map(({ missing }) => missing)).toEqual([[], ['lost']]);
  });

  it('hold what followed: what names the decision, else what came before the next', () => {
    expect(found.map(({ after }) => after.map(({ id }) => id))).toEqual([['asked', 'off'], ['moved']]);
  });
});

it('is in sentences, oldest first', () => {
  expect(renderStory(found, english)).toEqual([
    '2026-11-22 13:44:45  It was decided that the VM is shut down (PART-4, stage participant): on battery for 3 min',
    '  The clause is enforced. It holds until 2026-11-22 13:54:45.',
    '  Because:',
    '    2026-11-22 13:41:45  UPS rack runs on its battery',
    '  Then:',
    '    2026-11-22 13:44:46  Proxmox is asked about VM 104 to shut it down',
    '    2026-11-22 14:11:00  VM 104 is off, stopped by Huismeester',
    '',
    '2026-11-22 14:10:00  It was decided that the VM runs (PART-4): mains is back',
    '  The clause is in dry-run, so nothing is done about it.',
    '  Because:',
    '    2026-11-22 14:05:00  UPS rack runs on mains',
    '    event lost, which was not found',
    '  Then:',
    '    2026-11-22 14:12:00  VM 104 moved from pve2 to pve1',
  ]);
});

it('calls a node a node', () => {
  const ofNode: Decision = { ...stop, target: 'node/pve-pve1' };
  expect(renderStory(chapters([ofNode], []), english)[0]).toMatch(/that the node is shut down/);
  expect(renderStory(chapters([ofNode], []), dutch)[0]).toMatch(/dat de node wordt afgesloten/);
});

it('says when nothing followed', () => {
  expect(renderStory(chapters([stop], [cut]), english).at(-1)).toBe('  Nothing was seen to happen yet.');
  expect(renderStory(chapters([start], [back]), english).at(-1)).toBe('  Nothing had to follow.');
});

it('is in Dutch: the reason from its reasons, else as it was written', () => {
  const reasons = [
    { code: 'on-battery', ups: 'rack', elapsed_s: 180 },
    { code: 'hold', until: '2026-11-22T17:00:00.000Z', text: 'nieuwe schijf' },
  ];
  expect(renderStory(chapters([{ ...stop, reasons }, start], [off, back, asked, cut]), dutch)).toEqual([
    '2026-11-22 13:44:45  Er is besloten dat de VM wordt afgesloten (PART-4, fase deelnemers): ' +
      'UPS rack: 180 s op de accu; met rust gelaten tot 2026-11-22 17:00:00: nieuwe schijf',
    '  De regel staat op scherp. Dit geldt tot 2026-11-22 13:54:45.',
    '  Want:',
    '    2026-11-22 13:41:45  UPS rack draait op zijn accu',
    '  Daarna:',
    '    2026-11-22 13:44:46  Proxmox krijgt het verzoek om VM 104 af te sluiten',
    '    2026-11-22 14:11:00  VM 104 staat uit, uitgezet door Huismeester',
    '',
    '2026-11-22 14:10:00  Er is besloten dat de VM moet draaien (PART-4): mains is back',
    '  De regel staat in dry-run, dus er wordt niets gedaan.',
    '  Want:',
    '    2026-11-22 14:05:00  UPS rack draait op netstroom',
    '    gebeurtenis lost, die niet gevonden is',
    '  Er hoefde niets te gebeuren.',
  ]);
});

it('says that there is more, or nothing at all', () => {
  expect(renderStory(found, english, true).at(-1)).toContain('--limit');
  expect(renderStory([], dutch)).toEqual(['Er is nog nooit iets over besloten.']);
});

describe('the last story', () => {
  const keep: Decision = { ...start, id: 'keep', rule: 'none', state: 'hands-off' };

  it('goes back to the end of the one before it', () => {
    expect(lastStory([start, stop, keep, stop])).toEqual([start, stop]);
    expect(lastStory([keep, start, stop, keep, stop])).toEqual([keep, start, stop]);
  });

  it('is all there is when there is no other', () => {
    expect(lastStory([keep, start, stop])).toEqual([keep, start, stop]);
    expect(lastStory([])).toEqual([]);
  });
});

it('introduces the VM, and who keeps it on hold', () => {
  const vm: Vm = {
    id: '104',
    name: 'wiki\u001b[2J',
    hypervisor: 'pve',
    vmid: 104,
    kind: 'qemu',
    class: 'participant',
    pool: 'deelnemers',
    node: 'pve1',
    status: 'stopped',
  };
  const until = '2026-11-22T17:00:00.000Z';
  const hold = { id: 'h1', target: 'vm/104', since, until, because: 'nieuwe schijf', by: 'local:root' };
  expect(introduce({ id: '104', target: 'vm/104', vm, hold }, english)).toEqual([
    'VM 104 (wiki\\u{1b}[2J, participant, on pve1): stopped.',
    'It is on hold until 2026-11-22 17:00:00, by local:root: nieuwe schijf',
  ]);
  expect(introduce({ id: '104', target: 'vm/104', vm, hold }, dutch)).toEqual([
    'VM 104 (wiki\\u{1b}[2J, deelnemer, op pve1): staat uit.',
    'Dit wordt met rust gelaten tot 2026-11-22 17:00:00, door local:root: nieuwe schijf',
  ]);
  expect(introduce({ id: '900', target: 'vm/900', hold: undefined }, dutch)).toEqual([
    'VM 900 staat in geen pool die de instellingen noemen.',
  ]);
});

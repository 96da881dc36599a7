import { randomUUID } from 'node:crypto';
import { type Decision, type StoredEvent, serviceNames, type Vm } from '@huismeester/contracts';
import { afterEach, expect, it } from 'vitest';
import { Log } from './log.ts';
import { runCli } from './run-cli.ts';
import { type AnsweringServer, type Asked, startServer } from './server.ts';

let server: AnsweringServer | undefined;
afterEach(() => server?.close());

const logs = new Map(serviceNames.map((service) => [`/api/v1/${service}/events`, new Log(service)]));
const log = (service: string): Log => {
  const found = logs.get(`/api/v1/${service}/events`);
  if (!found) throw new Error(`no log of ${service}`);
  return found;
};
const vm: Vm = {
  ...{ id: '104', name: 'wiki', hypervisor: 'pve', vmid: 104, kind: 'qemu', class: 'participant' },
  ...{ pool: 'deelnemers', node: 'pve1', status: 'stopped' },
};

function decisionFrom(story: StoredEvent, evidence: readonly StoredEvent[]): Decision {
  return {
    ...{
      id: randomUUID(),
      time: '2026-11-22T13:00:00.000Z',
      correlationid: story.correlationid,
      target: 'vm/104',
      tier: 'power',
    },
    ...{ state: 'stopped', generation: 1, rule: 'power', clause: 'SPACE-3', reason: 'on battery' },
    ...{ evidence: evidence.map(({ id }) => id), mode: 'enforce', settingsHash: 'x' },
  };
}

const answering = (decision: Decision) => (asked: Asked) => {
  if (asked.path === '/api/v1/vms') return { body: { results: [vm], next: null, count: 1 } };
  if (asked.path === '/api/v1/holds') return { body: { results: [], next: null, count: 0 } };
  if (asked.path === '/api/v1/decisions') return { body: { results: [decision], next: null, count: 1 } };
  return logs.get(asked.path)?.answer(asked) ?? { status: 404 };
};

it('finds what a decision rests on, also where it is a story of its own', async () => {
  log('ups-monitor').append('ups/rack');
  const cut = log('ups-monitor').append('ups/rack');
  const reading = log('ups-monitor').append('ups/rack');
  const off = log('vm-lifecycle').append('vm/104', '2026-11-22T13:00:05.000Z', {
    correlationid: cut.correlationid,
  });
  const decision = decisionFrom(cut, [cut, reading]);
  server = await startServer(answering(decision));
  const { code, stdout } = await runCli(['why', 'wiki', '--json', '--socket', server.socket]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    ...{ target: 'vm/104', id: '104', vm },
    story: [{ decision, evidence: [cut, reading], missing: [], after: [off] }],
  });
  const asked = server.asked.find(({ path }) => path === '/api/v1/decisions');
  expect(asked?.query).toEqual({ target: 'vm/104', order: '-time', limit: '200' });
});

it('is told in Dutch, and only of as many decisions as asked for', async () => {
  const cut = log('ups-monitor').append('ups/rack');
  const decision = { ...decisionFrom(cut, [cut]), reasons: [{ code: 'turn-core', ups: 'rack' }] };
  const results = [decision, { ...decision, id: randomUUID() }];
  server = await startServer((asked) =>
    asked.path === '/api/v1/decisions'
      ? { body: { results, next: null, count: 2 } }
      : answering(decision)(asked),
  );
  const env = { LC_ALL: 'nl_NL.UTF-8' };
  const { stdout } = await runCli(['why', 'wiki', '--limit', '1', '--socket', server.socket], { env });
  expect(stdout).toMatch(/^VM 104 \(wiki, deelnemer, op pve1\): staat uit\.\n\n/);
  expect(stdout.match(/Er is besloten .*: UPS rack: core-infra gaat het laatst\n/g)).toHaveLength(1);
  expect(stdout).toContain('Er zijn eerdere besluiten');
});

import type { Drill } from '@huismeester/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';
import { type AnsweringServer, startServer } from './server.ts';
import { Space } from './space.ts';

let space: Space;
let server: AnsweringServer;
beforeEach(async () => {
  space = new Space();
  server = await startServer(space.answer);
});
afterEach(() => server.close());

async function ran(args: string[], env: Record<string, string> = {}) {
  const ended = await runCli(['drill', 'power-cut', ...args, '--socket', server.socket], { env });
  return { ...ended, asked: server.asked };
}

const misfit: Drill = {
  ...new Space().drill,
  fits: false,
  problems: [{ severity: 'error', about: 'node/pve-pve1', reason: 'no way back', reasons: [] }],
};

it('asks for the UPSes and the reading that it is given', async () => {
  const args = [
    '--ups',
    'rack',
    '--ups',
    'attic',
    '--ups',
    'rack',
    '--from-reading',
    'charge=80,runtime=1200',
  ];
  const { code, asked } = await ran(args);
  expect(code).toBe(0);
  expect(`${asked[0]?.search}`).toBe('ups=rack&ups=attic&charge_pct=80&runtime_s=1200');
});

it('asks for nothing that it is not given', async () => {
  await ran(['--from-reading', 'runtime=0', '--json']);
  await ran(['--json']);
  expect(server.asked.map(({ search }) => `${search}`)).toEqual(['runtime_s=0', '']);
});

it('is fine when the plan fits, and names VMs', async () => {
  space.drill = {
    ...space.drill,
    guests: [
      {
        ...{ vm: '104', class: 'participant', hypervisor: 'pve', node: 'pve1', fate: 'shut-down' },
        ...{ mode: 'enforce', at_s: 180, down_s: 240, back_s: 300, clause: 'SPACE-3' },
        ...{ reason: 'participants go first', reasons: [] },
      },
    ],
  };
  const { code, stdout, stderr } = await ran([]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    /0:03:00 {2}shut down {2}vm\/104 wiki {2}pve1 {2}0:04:00 {2}SPACE-3: participants go first/,
  );
  expect(stdout).toMatch(/The plan fits\.\n$/);
});

it('fails when the plan does not fit, and says with what', async () => {
  space.drill = misfit;
  const { code, stdout, stderr } = await ran([]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: 'the plan does not fit: 1 error\n' });
  expect(stdout).toMatch(/error {5}node\/pve-pve1 {2}no way back\n$/);
});

it('fails as well for a program, which gets what the API said', async () => {
  space.drill = misfit;
  const { code, stdout } = await ran(['--json']);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toEqual(misfit);
});

it('is told in the language of the person', async () => {
  space.drill = misfit;
  const dutch = { LANG: 'nl_NL.UTF-8' };
  expect((await ran([], dutch)).stderr).toBe('het plan past niet: 1 fout\n');
  expect((await ran(['--lang', 'nl'])).stdout).toContain('Wat er mis zou gaan:');
  expect((await ran(['--lang', 'en'], dutch)).stdout).toContain('What would go wrong:');
});

it('refuses a UPS that is not there', async () => {
  const { code, stderr } = await ran(['--ups', 'cellar']);
  expect({ code, stderr }).toEqual({ code: 1, stderr: 'Settings name no such UPS\n' });
});

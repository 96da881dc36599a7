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

async function ran(...args: string[]) {
  return { ...(await runCli([...args, '--socket', server.socket])), asked: server.asked };
}

const place = ['hold', 'vm/104', '--for', '4h', '--because', 'a new disk'];

it.each(['vm/104', '104', 'wiki'])('a hold is placed on %s, and says until when', async (reference) => {
  const { code, stdout, asked } = await ran('hold', reference, ...place.slice(2));
  expect(code).toBe(0);
  expect(stdout).toMatch(/^vm\/104 is left alone until 2026-11-22 \d\d:00:00\. `release h1`/);
  expect(asked.at(-1)).toMatchObject({
    ...{ method: 'POST', path: '/api/v1/holds' },
    body: { target: 'vm/104', for: '4h', because: 'a new disk' },
  });
});

it('a hold that is too long is refused, field by field', async () => {
  const { code, stderr } = await ran('hold', '104', '--for', '99h', '--because', 'a new disk');
  expect(code).toBe(1);
  expect(stderr).toBe('The hold cannot be placed\n  for: found 99h; allowed: at most 24h\n');
});

it('a VM that is not managed cannot be put on hold', async () => {
  const { code, stderr } = await ran('hold', '900', '--for', '4h', '--because', 'a new disk');
  expect({ code, stderr }).toEqual({ code: 1, stderr: 'No VM of that id is known\n' });
});

it('a hold is seen everywhere, until it is released', async () => {
  await ran(...place);
  expect((await ran('holds')).stdout).toMatch(/^what .*\nvm\/104 .* local:root {2}a new disk {2}h1\n$/);
  expect((await ran('vms')).stdout).toMatch(
    /104 .*wiki {3}on hold until 2026-11-22 \d\d:00:00: a new disk\n/,
  );
  expect(JSON.parse((await ran('vms', '--json')).stdout)).toMatchObject([
    { id: '104', hold: { target: 'vm/104' } },
    {},
  ]);
  expect((await ran('status')).stdout).toContain('On hold      1: `huismeester holds` says which\n');
  expect((await ran('why', '104')).stdout).toMatch(/It is on hold until .*, by local:root: a new disk\n/);
  expect((await ran('release', 'vm/104')).code).toBe(0);
  expect((await ran('holds')).stdout).toBe('Nothing is on hold.\n');
  expect((await ran('vms')).stdout).not.toContain('on hold until');
  expect((await ran('status')).stdout).toContain('On hold      none\n');
});

it('what is not on hold cannot be released', async () => {
  const { code, stderr } = await ran('release', '105');
  const text = 'vm/105 is not on hold: `huismeester holds` lists what is\n';
  expect({ code, stderr }).toEqual({ code: 1, stderr: text });
});

it('of several holds on one thing each is released alone', async () => {
  await ran(...place);
  await ran(...place);
  expect((await ran('release', 'vm/104')).stderr).toBe('vm/104 has 2 holds: say which of h1, h2\n');
  expect((await ran('release', 'h1')).code).toBe(0);
  expect([...space.holds.keys()]).toEqual(['h2']);
});

it('VMs are listed, without holds, where the holds are served elsewhere', async () => {
  space.holdsAreElsewhere = true;
  const { code, stdout, stderr } = await ran('vms');
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'holds: not served here\n' });
  expect(stdout).toContain('wiki');
});

it('violations are listed, and by status too', async () => {
  expect((await ran('violations')).stdout).toBe('Everything is as the policy wants it.\n');
  space.violations.push({
    ...{ violation: 'not-restored-105', kind: 'not-restored', severity: 'serious', clause: 'SPACE-3' },
    ...{ about: 'vm/105', reason: 'somebody has to look\u001b[2J', reasons: [], evidence: [] },
    since: '2026-11-22T12:00:00.000Z',
  });
  const { code, stdout } = await ran('violations');
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /serious {3}vm\/105 {2}SPACE-3 {2}somebody has to look\\u\{1b\}\[2J .*not-restored-105\n/,
  );
  const status = await ran('status');
  expect(status.code).toBe(0);
  expect(status.stdout).toContain('Violations   1\n  serious: vm/105 (SPACE-3): somebody has to look');
  expect(JSON.parse((await ran('status', '--json')).stdout)).toMatchObject({
    ...{ holds: [], violations: [{ about: 'vm/105' }] },
  });
});

it('a preview names what is in dry-run, and what would be done now', async () => {
  const quiet = await ran('preview');
  expect(quiet.stdout).toContain('In dry-run, so nothing is touched:\n  power/SPACE-3 ');
  expect(quiet.stdout).not.toContain('CORE-1');
  expect(quiet.stdout).toContain('Nothing would be done now.');
  space.wishes.push({
    ...{ about: 'vm/104', state: 'stopped', mode: 'dry-run', clause: 'SPACE-3' },
    ...{ reason: 'on battery for 180 s', reasons: [] },
  });
  const { code, stdout } = await ran('preview');
  expect(code).toBe(0);
  expect(stdout).toMatch(/vm\/104 {2}stopped {2}SPACE-3 {2}on battery for 180 s\n$/);
  const json = JSON.parse((await ran('preview', '--json')).stdout);
  expect(json).toEqual({ rules: space.rules, wishes: space.wishes });
  space.rules = space.rules.map((rule) => ({ ...rule, mode: 'enforce' }));
  expect((await ran('preview')).stdout).toMatch(/^Every clause is armed\./);
});

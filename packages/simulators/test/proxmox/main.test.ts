import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { auditor, cluster, create, operate, vm } from './cluster.ts';

const main = fileURLToPath(new URL('../../src/proxmox/main.ts', import.meta.url));

it('runs alone, says where it is and saves its state', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'pve-'));
  const file = join(dir, 'state.json');
  await writeFile(file, JSON.stringify(cluster([vm(100)])));
  const child = spawn(process.execPath, [main, '--port', '0', '--state', file, '--speed', '100', '--save'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const lines: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      if (lines.length === 5) break;
    }
    expect(lines[0]).toMatch(/^url https:\/\/127\.0\.0\.1:\d+$/);
    expect(lines[1]).toMatch(/^fingerprint ([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(lines.slice(2)).toEqual([
      `token ${operate.id} ${operate.secret}`,
      `token ${create.id} ${create.secret}`,
      `token ${auditor.id} ${auditor.secret}`,
    ]);
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
  expect(child.exitCode).toBe(0);
  expect(JSON.parse(await readFile(file, 'utf8')).guests[0].startedAt).toBeTypeOf('number');
  await rm(dir, { recursive: true });
});

it('says what is wrong with a state file', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'pve-'));
  const file = join(dir, 'state.json');
  await writeFile(file, JSON.stringify({ ...cluster([]), nodes: [] }));
  const child = spawn(process.execPath, [main, '--state', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  await once(child, 'close');
  expect(child.exitCode).toBe(1);
  expect(said).toContain('nodes: there is none');
  await rm(dir, { recursive: true });
});

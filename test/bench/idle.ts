import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Child, freePort, startChild, startPostgres, tempDir } from '@huismeester/testkit';
import { counted } from './counted.ts';
import { residentMb } from './memory.ts';
import { isReady } from './ready.ts';
import { inSeconds, type Row } from './row.ts';

const program = fileURLToPath(new URL('../../deploy/standalone/src/main.ts', import.meta.url));
const upsdProgram = fileURLToPath(new URL('upsd-process.ts', import.meta.url));
const proxmoxProgram = fileURLToPath(new URL('proxmox-process.ts', import.meta.url));
const token = { id: 'huismeester@pve!operate', secret: 'bench-secret' };
const patient = { timeoutMs: 60_000 };
/** After the start: what code runs for the first time, and the garbage of the start, is not what a site pays each day. */
const warmUpMs = 30_000;

/** As the first site: nine VMs of all classes on two nodes. */
const pools = ['core', 'spacewide', 'deelnemers'];
const guests = Array.from({ length: 9 }, (_, index) => ({
  vmid: 100 + index,
  name: `vm${index}`,
  type: 'qemu' as const,
  status: 'running' as const,
  node: `pve${(index % 2) + 1}`,
  pool: pools[index % 3],
}));
const state = {
  cluster: 'bench',
  quorate: true,
  nodes: ['pve1', 'pve2'].map((name) => ({ name, online: true })),
  guests,
  pools: pools.map((id) => ({ id })),
  tokens: [{ ...token, privileges: [{ path: '/', privs: ['VM.Audit', 'VM.PowerMgmt', 'Sys.Audit'] }] }],
};

/**
 * All services in one process at the default polls on PostgreSQL, with one UPS and nine VMs behind simulators in processes of their own:
 * how soon it is ready, and what it takes while nothing happens.
 */
export async function idle(idleMs: number): Promise<Row> {
  const postgres = await startPostgres({ fsync: true });
  const dir = await tempDir('idle');
  const url = await postgres.createDatabase();
  const children: Child[] = [];
  const start = async (name: string, args: string[], env: Record<string, string> = {}): Promise<Child> => {
    const child = await startChild({ name, command: process.execPath, args, env, cwd: dir.path });
    children.unshift(child);
    return child;
  };
  try {
    const upsd = await start('the simulated upsd', [upsdProgram], { UPS_COUNT: '1' });
    const [, port = ''] = await printed(upsd, /listening on (\d+)/);
    const proxmox = await start('the simulated Proxmox', [proxmoxProgram], {
      PROXMOX_STATE: JSON.stringify(state),
    });
    const [, api = '', fingerprint = ''] = await printed(proxmox, /listening on (\S+) with (\S+)/);
    const file = join(dir.path, 'space.yaml');
    const socket = join(dir.path, 'hm.sock');
    const where = { url, port: Number(port), api, fingerprint, socket };
    await writeFile(file, JSON.stringify(await settings(where)));
    const began = performance.now();
    const running = await start('huismeester', [program, '--config', file]);
    await running.ready('it is ready', () => isReady(socket), { ...patient, everyMs: 20 });
    const readyMs = performance.now() - began;
    await pause(warmUpMs);
    const [before, from] = [await counted(url, running.pid), performance.now()];
    await pause(idleMs);
    const [after, tookS] = [await counted(url, running.pid), (performance.now() - from) / 1000];
    const cpu_pct = (after.cpuMs - before.cpuMs) / 10 / tookS;
    const perS = (key: 'written' | 'commits') => (after[key] - before[key]) / tookS;
    const mb = await residentMb(running.pid);
    return {
      what: 'all services in one process on PostgreSQL, one UPS and nine VMs, when nothing happens',
      measured: `${cpu_pct.toFixed(1)} % of a core, ${perS('commits').toFixed(1)} transactions/s, ${perS('written').toFixed(1)} rows written/s, ${Math.round(mb)} MB resident; ready after ${inSeconds(readyMs)}`,
      target: '≤ 4 % of a core, ≤ 8 transactions/s, ≤ 200 MB, ready within 5 s',
      met: cpu_pct <= 4 && perS('commits') <= 8 && mb <= 200 && readyMs <= 5000,
      reference: 'none',
    };
  } finally {
    for (const child of children) await child.stop({ graceMs: 10_000 });
    await postgres.close();
    await dir.remove();
  }
}

interface Where {
  readonly url: string;
  readonly port: number;
  readonly api: string;
  readonly fingerprint: string;
  readonly socket: string;
}

async function settings({ url, port, api, fingerprint, socket }: Where): Promise<object> {
  return {
    site: { id: 'bench', name: 'Bench' },
    http: { port: 0, socket },
    broker: { embedded: { port: await freePort() } },
    database: { url },
    ups: [{ id: 'u0', upsd: { host: '127.0.0.1', port, name: 'u0' } }],
    hypervisors: [
      {
        id: 'pve',
        url: api,
        fingerprints: [fingerprint],
        tokens: { operate: token },
        pools: { core: 'core', 'space-wide': 'spacewide', participant: 'deelnemers' },
        nodes: { pve1: { poweredBy: ['u0'] }, pve2: { poweredBy: ['u0'] } },
      },
    ],
  };
}

async function printed(child: Child, pattern: RegExp): Promise<RegExpExecArray> {
  await child.ready(String(pattern), () => pattern.test(child.output()), patient);
  return pattern.exec(child.output()) as RegExpExecArray;
}

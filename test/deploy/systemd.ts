import { execFile } from 'node:child_process';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Copies a unit into `dir`, with this project where it is installed on a real machine. Returns the path. */
export async function installUnit(
  file: string,
  { dir, as, project }: { dir: string; as: string; project: string },
) {
  const path = join(dir, as);
  await copyFile(file, path);
  await writeFile(path, (await readFile(file, 'utf8')).replaceAll('/opt/huismeester', project));
  return path;
}

/** Targets of systemd itself that our units may name: systemd.special(7). Every service depends on the first three. */
const targets = [
  'sysinit.target',
  'basic.target',
  'shutdown.target',
  'multi-user.target',
  'network-online.target',
  'timers.target',
];

/** Empty targets in place of systemd's own, for `verify`. */
export async function installTargets(dir: string): Promise<void> {
  for (const name of targets) await writeFile(join(dir, name), `[Unit]\nDescription=${name}\n`);
}

/**
 * What systemd has to say of units; nothing when they are fine. It follows what they depend on, and would speak of
 * whatever else this machine has installed there: so it is shown the folder `dir` alone.
 */
export async function verify(dir: string, ...units: string[]): Promise<string> {
  const { stdout, stderr } = await run('systemd-analyze', ['verify', '--man=no', ...units], alone(dir));
  return stdout + stderr;
}

/** How exposed a service is, from 0 to 10. */
export async function exposure(dir: string, unit: string): Promise<number> {
  const { stdout } = await run(
    'systemd-analyze',
    ['security', '--offline=true', '--no-pager', unit],
    alone(dir),
  );
  const [, found = 'none'] = /Overall exposure level for \S+: ([\d.]+)/.exec(stdout) ?? [];
  return Number(found);
}

/** The system calls that lines of a unit allow: its first `SystemCallFilter=` says what is, later ones add or take away. */
export async function allowedCalls(lines: readonly string[]): Promise<ReadonlySet<string>> {
  const { stdout } = await run('systemd-analyze', ['syscall-filter', '--no-pager']);
  const sets = new Map(
    stdout.split(/^(?=@)/m).map((each) => {
      const [name = '', ...rest] = each.split('\n').map((line) => line.trim());
      return [name, rest.filter((one) => /^[@\w]/.test(one))];
    }),
  );
  const callsOf = (name: string): string[] =>
    name.startsWith('@') ? (sets.get(name) ?? []).flatMap(callsOf) : [name];
  const calls = new Set(callsOf('@default'));
  for (const line of lines) {
    const [, not, names = ''] = /^SystemCallFilter=(~?)(.*)/.exec(line) ?? [];
    for (const call of names.split(' ').flatMap(callsOf)) {
      if (not) calls.delete(call);
      else calls.add(call);
    }
  }
  return calls;
}

function alone(dir: string) {
  return { env: { ...process.env, SYSTEMD_UNIT_PATH: dir } };
}

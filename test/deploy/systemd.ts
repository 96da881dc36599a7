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

/** What systemd has to say of units; nothing when they are fine. */
export async function verify(...units: string[]): Promise<string> {
  const { stdout, stderr } = await run('systemd-analyze', ['verify', '--man=no', ...units]);
  return stdout + stderr;
}

/** How exposed a service is, from 0 to 10. */
export async function exposure(unit: string): Promise<number> {
  const { stdout } = await run('systemd-analyze', ['security', '--offline=true', '--no-pager', unit]);
  const [, found = 'none'] = /Overall exposure level for \S+: ([\d.]+)/.exec(stdout) ?? [];
  return Number(found);
}

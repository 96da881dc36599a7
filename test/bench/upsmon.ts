import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startChild, tempDir, type Upsd, waitFor } from '@huismeester/testkit';

const upsmon = '/lib/nut/upsmon';

/** A real upsmon at its defaults (a poll each 5 s) whose NOTIFYCMD writes down when it heard of ONBATT and ONLINE. */
export interface Upsmon {
  /** When it was notified of each change of that kind so far, ms since 1970. */
  notified(kind: 'ONBATT' | 'ONLINE'): Promise<number[]>;
  close(): Promise<void>;
}

export async function startUpsmon(upsd: Upsd, ups: string): Promise<Upsmon> {
  const dir = await tempDir('upsmon');
  const log = join(dir.path, 'notified');
  const script = join(dir.path, 'notify');
  await writeFile(log, '');
  await writeFile(script, `#!/bin/sh\necho "$NOTIFYTYPE $(date +%s%3N)" >> ${log}\n`);
  await chmod(script, 0o755);
  const conf = [
    `MONITOR ${ups}@${upsd.host}:${upsd.port} 1 ${upsd.user} ${upsd.password} secondary`,
    'RUN_AS_USER root',
    'MINSUPPLIES 1',
    'SHUTDOWNCMD "/bin/true"',
    `NOTIFYCMD ${script}`,
    'NOTIFYFLAG ONBATT EXEC',
    'NOTIFYFLAG ONLINE EXEC',
  ];
  await writeFile(join(dir.path, 'upsmon.conf'), `${conf.join('\n')}\n`, { mode: 0o600 });
  const env = {
    NUT_CONFPATH: dir.path,
    NUT_STATEPATH: dir.path,
    NUT_ALTPIDPATH: dir.path,
    NUT_PIDPATH: dir.path,
  };
  const child = await startChild({ name: 'upsmon', command: upsmon, args: ['-F', '-p', '-u', 'root'], env });
  await waitFor('upsmon runs', () => child.running());
  return {
    notified: async (kind) =>
      [...(await readFile(log, 'utf8')).matchAll(new RegExp(`^${kind} (\\d+)$`, 'gm'))].map((match) =>
        Number(match[1]),
      ),
    close: async () => {
      await child.stop();
      await dir.remove();
    },
  };
}

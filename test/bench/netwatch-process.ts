import { type OwnProcess, startOwnProcess } from '@huismeester/netwatch/own-process';
import { startPostgres, tempDir } from '@huismeester/testkit';

export interface NetwatchProcess extends Pick<OwnProcess, 'mqttUrl' | 'used' | 'close'> {
  readonly pid: number;
}

/** netwatch in a process of its own on a PostgreSQL that waits for the disk, with these `switches`, `probes` and so on. */
export async function startNetwatchProcess(settings: object, brokerUrl?: string): Promise<NetwatchProcess> {
  const postgres = await startPostgres({ fsync: true });
  const dir = await tempDir('netwatch');
  let running: OwnProcess | undefined;
  const close = async () => {
    await running?.close();
    await postgres.close();
    await dir.remove();
  };
  try {
    const site = { path: dir.path, url: await postgres.createDatabase() };
    running = await startOwnProcess({ settings, site, ...(brokerUrl !== undefined && { brokerUrl }) });
    return { pid: running.child.pid, mqttUrl: running.mqttUrl, used: running.used, close };
  } catch (error) {
    await close();
    throw error;
  }
}

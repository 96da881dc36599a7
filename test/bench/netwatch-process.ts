import { startPostgres, tempDir } from '@huismeester/testkit';
import { type OwnProcess, startOwnProcess } from '../../services/netwatch/test/own-process.ts';

export type NetwatchProcess = OwnProcess;

/** netwatch in a process of its own on a PostgreSQL that waits for the disk, with these `switches`, `probes` and so on. */
export async function startNetwatchProcess(settings: object, brokerUrl?: string): Promise<NetwatchProcess> {
  const postgres = await startPostgres({ fsync: true });
  const dir = await tempDir('netwatch');
  const clear = async () => {
    await postgres.close();
    await dir.remove();
  };
  try {
    const site = { path: dir.path, url: await postgres.createDatabase() };
    const own = await startOwnProcess({ settings, site, ...(brokerUrl !== undefined && { brokerUrl }) });
    return {
      ...own,
      async close() {
        await own.close();
        await clear();
      },
    };
  } catch (error) {
    await clear();
    throw error;
  }
}

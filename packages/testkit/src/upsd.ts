import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { daemonPath } from './available.ts';
import { freePort } from './free-port.ts';
import { createNssCertificates } from './nss.ts';
import { tempDir } from './temp-dir.ts';
import { UpsdDaemons } from './upsd-daemons.ts';
import { writeUpsdFiles } from './upsd-files.ts';
import { askUpsd, quoted } from './upsd-line.ts';
import type { UpsdUps, UpsdUser } from './upsd-parts.ts';
import { waitFor } from './wait-for.ts';

export interface UpsdOptions {
  ups: UpsdUps[];
  /** One user `huismeester` with all rights if left out. The first is used by `set` and `fsd`; upsrw
   *  cannot send a password with spaces or quotes. */
  users?: UpsdUser[];
  /** Offer STARTTLS, with a certificate of a fresh authority (`caFile`). */
  tls?: boolean;
  /** After how many seconds without news of a driver its data are stale; 15, as upsd's own default. */
  maxAgeS?: number;
}

export interface Upsd {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** The authority's certificate, PEM, when started with `tls`. */
  readonly caFile: string | undefined;
  /** Sets a variable with upsrw, and waits until upsd reports the new value: its OK comes before that. */
  set(ups: string, variable: string, value: string): Promise<void>;
  /** Sets FSD, as the primary upsmon does at the end. It stays until upsd restarts. */
  fsd(ups: string): Promise<void>;
  /** Ends the driver: upsd answers DRIVER-NOT-CONNECTED at once. */
  stopDriver(ups: string): Promise<void>;
  /** Starts the driver again, and waits until upsd serves its data. */
  startDriver(ups: string): Promise<void>;
  /** Pauses the driver without ending it: upsd answers DATA-STALE after `maxAgeS`. */
  pauseDriver(ups: string): void;
  resumeDriver(ups: string): void;
  /** Ends upsd alone; the drivers go on. */
  stop(): Promise<void>;
  /** Starts upsd again on the same port, and waits until it serves the drivers: at first it says WAIT for each. */
  start(): Promise<void>;
  /** Ends everything and removes the files. */
  close(): Promise<void>;
}

const run = promisify(execFile);
const host = '127.0.0.1';

/**
 * Starts a real upsd with a dummy-ups for each UPS, on a free port of loopback, and waits until it serves them.
 * Long, since its functions share the daemons.
 */
export async function startUpsd(options: UpsdOptions): Promise<Upsd> {
  const users = options.users ?? [{ name: 'huismeester', password: 'secret', upsmon: 'primary' as const }];
  const [user] = users;
  if (!user) throw new Error('startUpsd needs at least one user, or no `users` at all');
  const port = await freePort();
  const dir = await tempDir('upsd');
  const certificates = options.tls ? await createNssCertificates(join(dir.path, 'nss')) : undefined;
  await writeUpsdFiles({
    dir: dir.path,
    host,
    port,
    ups: options.ups,
    users,
    certificates,
    maxAgeS: options.maxAgeS ?? 15,
  });
  const daemons = new UpsdDaemons(dir.path, port);
  const serves = (name: string) =>
    daemons.serves(
      name,
      options.ups.find((ups) => ups.name === name),
    );
  try {
    await Promise.all(options.ups.map(({ name }) => daemons.startDriver(name)));
    await daemons.startServer();
    await Promise.all(options.ups.map(({ name }) => serves(name)));
  } catch (error) {
    await daemons.stopAll();
    await dir.remove();
    throw error;
  }
  return {
    host,
    port,
    user: user.name,
    password: user.password,
    caFile: certificates?.caFile,
    async set(ups, variable, value) {
      const login = ['-u', user.name, '-p', user.password];
      await run(daemonPath('upsrw'), ['-s', `${variable}=${value}`, ...login, `${ups}@${host}:${port}`]);
      await waitFor(`${ups} reports ${variable} as set`, async () =>
        (await askUpsd(port, `GET VAR ${ups} ${variable}`)).includes(quoted(value).slice(1, -1)),
      );
    },
    async fsd(ups) {
      const answers = await askUpsd(
        port,
        `USERNAME ${user.name}`,
        `PASSWORD ${quoted(user.password)}`,
        `FSD ${ups}`,
      );
      if (!answers.includes('OK FSD-SET')) throw new Error(`upsd refused FSD of ${ups}: ${answers.trim()}`);
    },
    stopDriver: (ups) => daemons.stopDriver(ups),
    async startDriver(ups) {
      await daemons.startDriver(ups);
      await serves(ups);
    },
    pauseDriver: (ups) => daemons.driver(ups).signal('SIGSTOP'),
    resumeDriver: (ups) => daemons.driver(ups).signal('SIGCONT'),
    stop: () => daemons.stopServer(),
    async start() {
      await daemons.startServer();
      await Promise.all(daemons.driven().map(serves));
    },
    async close() {
      await daemons.stopAll();
      await dir.remove();
    },
  };
}

import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SpaceSettings } from '@huismeester/contracts';
import { parseSettings } from '@huismeester/service';
import type { OpenedPage } from '@huismeester/web/build';
import { type RunningSpace, startSpace } from '../space.ts';
import { makeApplications } from './applications.ts';
import { arm } from './arm.ts';
import { mailRoutes } from './mail/routes.ts';
import { networkRoutes } from './network/routes.ts';
import { giveVms } from './owners.ts';
import { demoRoutes } from './routes.ts';
import { type Simulation, startSimulation } from './simulation.ts';
import { fillRegister } from './things/fill.ts';

const file = new URL('space.yaml', import.meta.url);

/** Starts the simulated hardware and Huismeester on top of it, every clause armed. */
export async function startDemo(page: OpenedPage): Promise<RunningSpace> {
  const simulation = await startSimulation();
  try {
    const settings = await onFreePorts(demoSettings(simulation));
    const running = await startSpace(settings, {
      demo: true,
      page,
      extraRoutes: async (app) => {
        await app.register(demoRoutes(simulation));
        await app.register(networkRoutes(simulation));
        await app.register(mailRoutes(simulation.mail));
      },
    });
    await arm(settings.http.socket);
    const giving = giveVms(settings.http.socket);
    const applying = makeApplications(settings.http.socket);
    const filling = fillRegister(settings.http.socket);
    const close = async (): Promise<void> => {
      await Promise.all([giving.close(), applying.close(), filling.close()]);
      await running.close();
      await simulation.close();
    };
    return { ...running, close };
  } catch (error) {
    await simulation.close();
    throw error;
  }
}

/** The people of the demo, as a copy beside its database: `huismeester team` prints steps that change this file. */
function ownPeople(): string {
  const folder = resolve('var/demo');
  const own = resolve(folder, 'directory.yaml');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(own)) copyFileSync(fileURLToPath(new URL('directory.yaml', import.meta.url)), own);
  return own;
}

/** The demo's space.yaml, with where the simulators are. */
function demoSettings(
  simulation: Pick<Simulation, 'nutPort' | 'tokens' | 'network' | 'wiki'> & {
    proxmox: { url: string; fingerprint: string };
    mail: { port: number };
  },
): SpaceSettings {
  const { proxmox, tokens, nutPort, network, mail, wiki } = simulation;
  const env = {
    ...network.env,
    ...wiki.env,
    DEMO_PROXMOX_URL: proxmox.url,
    DEMO_PROXMOX_FINGERPRINT: proxmox.fingerprint,
    DEMO_OPERATE_SECRET: tokens.operate.secret,
    DEMO_CREATE_SECRET: tokens.create.secret,
    DEMO_PROMOTE_SECRET: tokens.promote.secret,
    DEMO_REVIEW_SECRET: tokens.review.secret,
    DEMO_MAIL_URL: `smtp://127.0.0.1:${mail.port}`,
    DEMO_PEOPLE: ownPeople(),
  };
  const settings = parseSettings(readFileSync(file, 'utf8'), {
    file: 'demo/space.yaml',
    env,
    readFile: (path) => readFileSync(path, 'utf8'),
  });
  return {
    ...settings,
    ups: settings.ups.map((each) => ({ ...each, upsd: { ...each.upsd, port: nutPort } })),
  };
}

/**
 * A demo must start beside whatever already has its ports: then it takes free ones, and the banner says which. `HUISMEESTER_DEMO_PORT` names another port
 * for the page and the API than 8080.
 */
async function onFreePorts(settings: SpaceSettings): Promise<SpaceSettings> {
  const { http, broker } = settings;
  if (!('embedded' in broker)) return settings;
  const free = async (host: string, port: number): Promise<number> => ((await isFree(host, port)) ? port : 0);
  const { embedded } = broker;
  const wanted = Number(process.env.HUISMEESTER_DEMO_PORT ?? http.port);
  return {
    ...settings,
    http: { ...http, port: await free(http.host, wanted) },
    broker: { ...broker, embedded: { ...embedded, port: await free(embedded.host, embedded.port) } },
  };
}

async function isFree(host: string, port: number): Promise<boolean> {
  const server = createServer();
  return await new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

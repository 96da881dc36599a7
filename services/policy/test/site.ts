import {
  createLogger,
  parseSettings,
  type RunningProcess,
  type RunOptions,
  runServices,
} from '@huismeester/service';
import type { TestSite } from '@huismeester/testkit';
import { createPolicy } from '../src/service.ts';
import { type Facts, facts } from './facts.ts';

const settingsOf = (site: TestSite, more: object) =>
  parseSettings(
    JSON.stringify({
      site: { id: 'test', name: 'Test' },
      http: { port: 0, socket: `${site.path}/s` },
      broker: { embedded: { port: 0 } },
      database: { url: site.url },
      ups: [{ id: 'rack', upsd: { host: '127.0.0.1', name: 'rack' } }],
      hypervisors: [
        {
          id: 'pve',
          url: 'https://127.0.0.1:1',
          fingerprints: [Array.from({ length: 32 }, () => 'AA').join(':')],
          tokens: { operate: { id: 'a@pve!b', secret: 'x' } },
          pools: { participant: 'p' },
          nodes: { pve1: { poweredBy: ['rack'] } },
        },
      ],
      policy: {
        power: {
          onBatteryHold: '0s',
          participant: { after: '0s' },
          restoreHold: '0s',
          restoreChargeAbove: 40,
        },
      },
      ...more,
    }),
    { file: 'test', env: {}, readFile: () => '' },
  );

/** Starts policy with sources in which a test says what is so; `settings` stand beside the usual ones, and `before` is logged before it begins to read. */
export function startPolicy(
  site: TestSite,
  {
    ups,
    vms,
    network = facts('netwatch'),
    people,
    things,
    settings = {},
    before,
    logger = createLogger({ level: 'silent' }),
  }: {
    ups: Facts;
    vms: Facts;
    network?: Facts;
    people?: Facts;
    things?: Facts;
    settings?: object;
    before?: () => Promise<void>;
    logger?: NonNullable<RunOptions['logger']>;
  },
): Promise<RunningProcess> {
  const policy: typeof createPolicy = async (context) => {
    await before?.();
    return await createPolicy(context);
  };
  const sources = {
    'ups-monitor': ups.create,
    'vm-lifecycle': vms.create,
    netwatch: network.create,
    ...(people && { membership: people.create }),
    ...(things && { inventory: things.create }),
  };
  const services = { ...sources, policy };
  return runServices(settingsOf(site, settings), services, {
    version: 'test',
    logger,
  });
}

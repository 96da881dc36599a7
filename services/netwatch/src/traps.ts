import { lookup } from 'node:dns/promises';
import type { SpaceSettings } from '@huismeester/contracts';
import type { ServiceContext } from '@huismeester/service';
import { createTrapReceiver, credentialsOf, type TrapReceiver } from '@huismeester/snmp';
import type { WatchedSwitch } from './switches/watched-switch.ts';

const aboutLinks: ReadonlySet<string> = new Set(['link-down', 'link-up', 'cold-start', 'warm-start']);

/** Traps and informs of the configured switches: hints at when to look, and nothing more. */
export interface Traps {
  start(): void;
  close(): Promise<void>;
  /** Why traps do not come in, for people; undefined when they do, or are not set up. */
  problem(): string | undefined;
  counts(): ReturnType<TrapReceiver['counts']> | undefined;
}

export function createTraps(
  settings: SpaceSettings['traps'],
  switches: readonly WatchedSwitch[],
  logger: ServiceContext['logger'],
): Traps {
  let receiver: TrapReceiver | undefined;
  let problem: string | undefined;
  let opening: Promise<void> | undefined;
  const byId = new Map(switches.map((each) => [each.settings.id, each]));
  const open = async ({ host, port }: NonNullable<SpaceSettings['traps']>) => {
    const sources = await Promise.all(
      switches.map(async ({ settings: { id, host: name, snmp } }) => ({
        id,
        addresses: await addressesOf(name),
        credentials: credentialsOf(snmp),
      })),
    );
    receiver = await createTrapReceiver({
      host,
      port,
      sources,
      onTrap: ({ source, kind }) => {
        const from = byId.get(source);
        if (kind === 'authentication-failure' && from) from.authenticationFailures += 1;
        if (aboutLinks.has(kind)) from?.hints.take();
      },
    });
  };
  return {
    start() {
      if (!settings) return;
      opening = open(settings).catch((error: unknown) => {
        problem = `traps cannot be received at ${settings.host}:${settings.port}: ${reasonOf(error)}; switches are looked at every few seconds all the same`;
        logger.error({ err: error }, 'traps cannot be received');
      });
    },
    async close() {
      await opening;
      await receiver?.close();
    },
    problem: () => problem,
    counts: () => receiver?.counts(),
  };
}

/** A name is resolved at the start; one that is not known yet is no source until the next. */
async function addressesOf(host: string): Promise<string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch {
    return [];
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

import { type Clock, createLoop } from '@huismeester/clock';
import type { SpaceSettings, SwitchSettings } from '@huismeester/contracts';
import type { ServiceContext } from '@huismeester/service';
import { createTrapReceiver, credentialsOf, type SnmpTrap, type TrapReceiver } from '@huismeester/snmp';
import { createHostAddresses, type LookUp } from './host-addresses.ts';

const aboutLinks: ReadonlySet<string> = new Set(['link-down', 'link-up', 'cold-start', 'warm-start']);

/** How often the names of switches are resolved, ms; sooner when one was not. */
const resolveEveryMs = 5 * 60_000;
const resolveAgainMs = 15_000;
/** An address that is not there yet, or a port that another process has, ms. */
const bindAgain = { firstMs: 1_000, longestMs: 60_000 };

/** Traps and informs of the configured switches: hints at when to look, and nothing more. */
export interface Traps {
  start(): void;
  close(): Promise<void>;
  /** Why traps do not come in, for people; undefined when they do, or are not set up. */
  problem(): string | undefined;
  counts(): ReturnType<TrapReceiver['counts']> | undefined;
}

/** What traps need of a switch that is looked at. */
export interface TrapSwitch {
  readonly settings: Pick<SwitchSettings, 'id' | 'host' | 'snmp'>;
  readonly hints: { take(): unknown };
  authenticationFailures: number;
}

export interface TrapsOptions {
  readonly settings: SpaceSettings['traps'];
  readonly switches: readonly TrapSwitch[];
  readonly clock: Clock;
  readonly logger: ServiceContext['logger'];
  /** Resolves names of switches; as the system does if left out. */
  readonly lookUp?: LookUp;
}

/** Opens the receiver as soon as its address can be had, and tells it the addresses of switches as their names are resolved. */
export function createTraps({ settings, switches, clock, logger, lookUp }: TrapsOptions): Traps {
  let receiver: TrapReceiver | undefined;
  let problem: string | undefined;
  const ending = new AbortController();
  const byId = new Map(switches.map((each) => [each.settings.id, each]));
  const logins = switches.map(({ settings: { id, host, snmp } }) => ({
    id,
    host,
    credentials: credentialsOf(snmp),
  }));
  const addresses = createHostAddresses({
    hosts: logins.map(({ host }) => host),
    clock,
    lookUp,
    signal: ending.signal,
    changed: () => receiver?.setSources(sources()),
  });
  const sources = () =>
    logins.map(({ id, host, credentials }) => ({ id, credentials, addresses: addresses.of(host) }));
  const onTrap = ({ source, kind }: SnmpTrap) => {
    const from = byId.get(source);
    if (kind === 'authentication-failure' && from) from.authenticationFailures += 1;
    if (aboutLinks.has(kind)) from?.hints.take();
  };
  const loopAt = ({ host, port }: NonNullable<SpaceSettings['traps']>) =>
    createLoop({
      everyMs: resolveEveryMs,
      backoff: bindAgain,
      clock,
      pass: async () => {
        receiver ??= await createTrapReceiver({ host, port, sources: sources(), onTrap });
        problem = undefined;
        return (await addresses.refresh()) ? undefined : resolveAgainMs;
      },
      onError: (error) => {
        const before = problem;
        problem = `traps cannot be received at ${host}:${port}: ${reasonOf(error)}; trying again; switches are looked at every few seconds all the same`;
        if (problem !== before) logger.error({ err: error }, 'traps cannot be received; trying again');
      },
    });
  const loop = settings && loopAt(settings);
  return {
    start: () => loop?.start(),
    async close() {
      ending.abort();
      await loop?.close();
      await receiver?.close();
    },
    problem: () => problem,
    counts: () => receiver?.counts(),
  };
}

/** The system's reason, which the receiver's own error has as its cause. */
function reasonOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : {};
  const reason = cause ?? error;
  return reason instanceof Error ? reason.message : String(reason);
}

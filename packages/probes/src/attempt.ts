import type { Clock } from '@huismeester/clock';
import { untilAborted } from './deadline.ts';
import { failureOf, LookFailure, LookStopped } from './failure.ts';
import type { Look, ProbeAround, SeenCertificate } from './look.ts';
import type { Address } from './names.ts';
import { hasFamily, isOwn } from './own-addresses.ts';

/** One try at one address of a host. */
export interface Attempt {
  readonly address: Address;
  readonly clock: Clock;
  /** Aborts at the deadline, when the look is stopped, and when another address was good. */
  readonly signal: AbortSignal;
  /** The other host answered, be it with a refusal. */
  heard(): void;
  shown(certificate: SeenCertificate): void;
  /** What it is when nothing more comes until the deadline, instead of silence. */
  ifSilent(failure: LookFailure): void;
  /** Called once when the attempt is over, however it ends; at once if it is over already. */
  whenOver(end: () => void): void;
  /** ms since it began. */
  elapsedMs(): number;
}

/** What a good look adds to what its attempt saw. */
export interface Good {
  readonly latencyMs: number;
  readonly detail?: string;
}

/** Does one attempt; rejects with a {@link LookFailure} or an error of a socket where the service fails. */
export type Work = (attempt: Attempt) => Promise<Good>;

/** What an attempt gets from outside. */
export interface AttemptAround extends Pick<ProbeAround, 'clock' | 'isOwnAddress'> {
  readonly signal: AbortSignal;
}

/** Runs one attempt and makes a look of how it ended; everything that it opened is closed then. Rejects on faults of our own only. */
export async function runAttempt(address: Address, work: Work, around: AttemptAround): Promise<Look> {
  const { signal, isOwnAddress = isOwn } = around;
  const { attempt, seen, end } = begin(address, { ...around, isOwnAddress });
  try {
    const { latencyMs, detail } = await untilAborted(signal, () => work(attempt));
    const certificate = seen.certificate && { certificate: seen.certificate };
    const rest = {
      latencyMs,
      answered: seen.answered,
      ...(detail !== undefined && { detail }),
      ...certificate,
    };
    return seen.certificate?.fault === undefined
      ? { outcome: 'up', ...rest }
      : { outcome: 'degraded', defect: 'certificate', ...rest, detail: seen.certificate.fault };
  } catch (error) {
    const isDeadline = error === signal.reason && error instanceof LookFailure;
    const look = lookOf((isDeadline && seen.ifSilent) || error, seen, isOwnAddress(address.address));
    if (look.detail === 'ENETUNREACH' && !hasFamily(address.family)) return noFamily(address);
    return look.outcome === 'unknown' && noRoute.has(look.detail) ? { ...look, inVain: true } : look;
  } finally {
    end();
  }
}

/** What the system says where there is no way to an address. */
const noRoute: ReadonlySet<string | undefined> = new Set(['ENETUNREACH', 'EHOSTUNREACH']);

/** Without a route since this machine has no address of that family: it says nothing of the service. */
const noFamily = ({ family }: Address): Look => ({
  outcome: 'unknown',
  reason: 'not-allowed-here',
  detail: `no IPv${family} here`,
  answered: false,
  inVain: true,
});

interface Seen {
  answered: boolean;
  certificate?: SeenCertificate;
  ifSilent?: LookFailure;
}

function begin(address: Address, { clock, signal, isOwnAddress }: Required<AttemptAround>) {
  const seen: Seen = { answered: false };
  const endings: (() => void)[] = [];
  const startedMs = clock.monotonicMs();
  let over = false;
  const attempt: Attempt = {
    address,
    clock,
    signal,
    heard() {
      seen.answered ||= !isOwnAddress(address.address);
    },
    shown(certificate) {
      seen.certificate = certificate;
    },
    ifSilent(failure) {
      seen.ifSilent = failure;
    },
    whenOver(ending) {
      if (over) ending();
      else endings.push(ending);
    },
    elapsedMs: () => clock.monotonicMs() - startedMs,
  };
  const end = () => {
    over = true;
    for (const ending of endings.splice(0).reverse()) ending();
  };
  return { attempt, seen, end };
}

/** The look at a service of which an error says how it fails. Throws on a fault of our own. */
export function lookOf(error: unknown, seen: Seen = { answered: false }, own = false): Look {
  if (error instanceof LookStopped) return { outcome: 'unknown', detail: 'stopped', answered: seen.answered };
  const failure = failureOf(error);
  if (!failure) throw error;
  const { code: reason, detail } = failure;
  return {
    outcome: reason === 'not-allowed-here' ? 'unknown' : 'down',
    reason,
    detail,
    answered: !own && (failure.answered ?? seen.answered),
    ...(seen.certificate && { certificate: seen.certificate }),
  };
}

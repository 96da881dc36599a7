import { readFile } from 'node:fs/promises';
import { type Clock, createLoop, type Logger } from '@huismeester/clock';
import type { Part } from '../service.ts';
import { fileOf } from '../settings/files.ts';
import { endOf, type Pair, pairTrouble } from './pair.ts';

export interface RenewalOptions {
  /** As it stands in the settings: which files it came from is known of this very mapping. */
  readonly pair: Pair;
  /** The path of it in the settings, for messages. */
  readonly setting: string;
  /** The name of the health part. */
  readonly part: string;
  /** Has the server show another pair to who connects from now on. */
  readonly take: (pair: Pair) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface Renewal {
  start(): void;
  /** Not essential: the server goes on with the pair that it has. */
  part(): Part;
  close(): Promise<void>;
}

/** Whoever renews certificates does so days before they end. */
const everyMs = 60_000;
/** By then whoever is replacing the files has done so. */
const soonMs = 5_000;
const notTaken = 'certificate in its files is not taken; the one before it stays';
const dayMs = 86_400_000;
/** Those that are renewed by a program are so with a third of 90 days or more left; fewer than this is a renewal that failed. */
const warnDays = 14;

/**
 * Follows the files of a certificate and its key: once a minute they are read, and another pair is taken if the two fit
 * together. What does not (half written, one without the other) changes nothing, and if it stays so
 * is logged once and stands in the part.
 */
export function followCertificate(options: RenewalOptions): Renewal {
  const { pair, setting, part: name, take, clock, logger } = options;
  const files = { cert: fileOf(pair, 'cert'), key: fileOf(pair, 'key') };
  const isFromFiles = files.cert !== undefined || files.key !== undefined;
  let current = pair;
  let end = endOf(pair);
  let trouble: string | undefined;

  /** What the last look found: said only if the next one finds the same, since two files are never replaced at the same moment. */
  let suspected: string | undefined;

  const look = async (): Promise<number | undefined> => {
    const [cert, key] = await Promise.all([valueIn(files.cert, pair.cert), valueIn(files.key, pair.key)]);
    const found = cert instanceof Error || key instanceof Error ? undefined : { cert, key };
    const why = found ? whyNot(found) : [cert, key].find((each) => each instanceof Error)?.message;
    const isSure = why === suspected;
    suspected = why;
    if (why !== undefined) {
      if (!isSure) return soonMs;
      if (why !== trouble) logger.warn({ setting, reason: why }, notTaken);
      trouble = why;
      return undefined;
    }
    trouble = undefined;
    if (!found || isSame(found, current)) return undefined;
    take(found);
    current = found;
    end = endOf(found);
    logger.info({ setting, ends: end?.toISOString() }, 'renewed certificate is taken');
    return undefined;
  };
  const whyNot = (found: Pair) => (isSame(found, current) ? undefined : pairTrouble(found));
  const loop = createLoop({
    pass: look,
    everyMs,
    clock,
    onError: (error) => logger.error({ err: error, setting }, 'certificate cannot be followed'),
  });
  return {
    start: () => {
      if (isFromFiles) loop.start();
    },
    part: () => partOf(name, { setting, trouble, end, now: clock.now() }),
    close: () => loop.close(),
  };
}

function partOf(
  name: string,
  state: { setting: string; trouble: string | undefined; end: Date | undefined; now: Date },
): Part {
  const { setting, trouble, end, now } = state;
  const left = end && (end.getTime() - now.getTime()) / dayMs;
  const kept =
    trouble && `${setting}: ${trouble}; the certificate of before is shown until its files are right`;
  const details = [kept, left === undefined ? undefined : ending(setting, left, end)].filter(Boolean);
  const ready = trouble === undefined && (left === undefined || left > 0);
  return { name, essential: false, ready, ...(details.length > 0 && { detail: details.join('; ') }) };
}

function ending(setting: string, daysLeft: number, end: Date | undefined): string | undefined {
  if (daysLeft >= warnDays) return undefined;
  const day = end?.toISOString().slice(0, 10);
  const what =
    daysLeft > 0 ? `ends in ${Math.floor(daysLeft)} days, on ${day}` : `ended on ${day}: clients refuse it`;
  return `${setting}: the certificate ${what}; renew it, its files are read again each minute`;
}

/** A file as settings have it, without its last line end; an error says what to do. */
async function valueIn(file: string | undefined, otherwise: string): Promise<string | Error> {
  if (file === undefined) return otherwise;
  try {
    return (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return new Error(`${file} cannot be read (${code}); put it back, readable for this user`);
  }
}

function isSame(one: Pair, other: Pair): boolean {
  return one.cert === other.cert && one.key === other.key;
}

import { createHash, randomUUID } from 'node:crypto';
import { type DirectoryReason, milliseconds } from '@huismeester/contracts';
import { afterCommit, isTransient, type Tx } from '@huismeester/database';
import { type Directory, DirectoryError, type DirectoryRead } from '@huismeester/directory';
import { type Refusal, refuse } from '@huismeester/events';
import { createPoller, type Poller, type Service } from '@huismeester/service';
import type { Gone } from '../core/assess.ts';
import { type ApplyDeps, applyRead } from './apply-read.ts';
import { lockDirectory } from './directory-row.ts';
import type { Memory } from './memory.ts';
import { ageOfRead, recordUnknown } from './record-unknown.ts';
import { createWaiting } from './waiting.ts';

/**
 * No read of a directory that we know takes a tenth of this. With the longest `every` of the settings, and the second in which every process
 * sees a change, it comes to less than the minute in which a role is lost.
 */
const deadlineMs = 19_000;
/** What could not be read is tried again after this, if it is sooner than the next look. */
const againMs = 10_000;
/** A database that was away, or in which somebody else was first, is tried again sooner: what was read is not in it. */
const databaseAgainMs = 1_000;

/** As it stands in the log. */
const ourselves = 'membership';

/** Reads the directory again and again, and takes what is complete. */
export interface Looks extends Pick<Poller, 'start' | 'close'> {
  /** Looks now; resolves once a look that began after this is over, whatever it found. */
  now(): Promise<void>;
  /** Takes a change that waits to be accepted, in the transaction of whoever accepts it. */
  accept(tx: Tx, id: string, actor: string): Promise<Refusal | undefined>;
}

type Outside = Pick<Service<'directory'>, 'database' | 'log' | 'access' | 'clock' | 'logger'>;

export function createLooks(
  service: Service<'directory'>,
  { directory, memory }: { directory: Directory; memory: Memory },
): Looks {
  const { clock, logger, settings } = service;
  const taking = createTaking(service, memory, directory.write !== undefined);
  const waiting = createWaiting();
  const poller = createPoller({
    everyMs: milliseconds(settings.directory?.every ?? '40s'),
    deadlineMs,
    clock,
    look: async (signal) => {
      const over = waiting.begin();
      try {
        await taking.take(await directory.read(signal));
        return memory.pending && againMs;
      } catch (error) {
        if (isClosing(signal)) return undefined;
        // Of a database that is away nothing follows for the directory.
        if (!(error instanceof DirectoryError) && isTransient(error)) {
          logger.warn({ err: error }, 'what the directory says could not be stored; reading it again');
          return databaseAgainMs;
        }
        await taking.failed(error, signal);
        return againMs;
      } finally {
        over();
      }
    },
    failed: (error) => logger.warn({ err: error }, 'the look at the directory failed; trying again'),
  });
  return {
    start: poller.start,
    async close() {
      await poller.close();
      waiting.end();
    },
    now() {
      const over = waiting.add();
      poller.now();
      return over;
    },
    accept: taking.accept,
  };
}

/** What is done with what a look found. */
function createTaking(service: Outside, memory: Memory, writes: boolean) {
  const { database, log, access, clock, logger } = service;
  const deps: ApplyDeps = { log, access, newId: randomUUID, writes };
  let readAtMs: number | undefined;
  const taken = (read: DirectoryRead, people: ReadonlyMap<string, string>): void => {
    memory.take(read, people);
    readAtMs = clock.monotonicMs();
  };
  const unknown = async (reason: DirectoryReason, parts: readonly Gone[] = []): Promise<void> => {
    readAtMs ??= clock.monotonicMs() - (await ageOfRead(service));
    await recordUnknown(service, { reason, parts, ageMs: clock.monotonicMs() - readAtMs });
  };
  return {
    async take(read: DirectoryRead): Promise<void> {
      const options = { accepts: () => false, actor: ourselves, all: memory.latest() === undefined };
      const applied = await database.transaction((tx) => applyRead(tx, deps, read, options));
      if (applied.verdict === 'complete') {
        taken(read, applied.people);
        await access.sessions.forgetExpired();
        return;
      }
      const { parts, basis } = applied;
      // First: whoever accepts it makes the directory known again.
      await unknown('too-much-gone', parts);
      memory.pending = { read, id: idOf(parts), parts, basis };
      memory.trouble = 'it was read whole, and too much has changed in it at once';
    },
    async failed(error: unknown, signal: AbortSignal): Promise<void> {
      memory.pending = undefined;
      memory.trouble =
        error instanceof DirectoryError ? error.message : 'the read failed; the log of the program says why';
      const reason = reasonOf(error, signal);
      // What a directory answers may name people: of that the log has the reason alone.
      const fault = error instanceof DirectoryError ? { detail: error.message } : { err: error };
      logger.warn({ reason, ...fault }, 'the directory could not be read whole: nothing follows from it');
      await unknown(reason);
    },
    async accept(tx: Tx, id: string, actor: string): Promise<Refusal | undefined> {
      const { pending } = memory;
      const { readAt } = await lockDirectory(tx);
      // Read whole meanwhile: what waited is of before that.
      if (pending?.id !== id || pending.basis?.getTime() !== readAt?.getTime()) {
        return refuse(
          'changed',
          'Another change waits by now, or none; look at it again with GET /directory',
        );
      }
      const accepts = (parts: readonly Gone[]) => idOf(parts) === id;
      const applied = await applyRead(tx, deps, pending.read, { accepts, actor, all: true });
      if (applied.verdict !== 'complete')
        throw new Error('the same change of the same people, and not accepted');
      afterCommit(tx, () => taken(pending.read, applied.people));
      return undefined;
    },
  };
}

/** The service ends, which says nothing of the directory; a look that is given up at its deadline has a reason of its own. */
function isClosing({ aborted, reason }: AbortSignal): boolean {
  return aborted && !(reason instanceof Error && 'code' in reason && reason.code === 'look-too-late');
}

function reasonOf(error: unknown, signal: AbortSignal): DirectoryReason {
  if (error instanceof DirectoryError) return error.reason;
  return signal.aborted ? 'no-answer' : 'failed';
}

/** Names a change by who is gone in it. */
function idOf(parts: readonly Gone[]): string {
  const text = JSON.stringify(parts.map(({ what, ids }) => [what, ids]));
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

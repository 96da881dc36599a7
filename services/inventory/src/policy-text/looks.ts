import { createLoop, type Loop } from '@huismeester/clock';
import { milliseconds, type PolicyText } from '@huismeester/contracts';
import type { Service } from '@huismeester/service';
import { readAgainMs } from '../core/policy-text/reading.ts';
import { recordWiki } from '../wiki/state.ts';
import { type LastLook, policyTextResource } from './resource.ts';
import type { Look, PolicySource } from './source.ts';
import { readRevisions, recordAnswer, recordPolicyText } from './store.ts';

/** Looks again and again at the text of the infra policy. */
export interface PolicyLooks extends Pick<Loop, 'start' | 'wake' | 'close'> {
  resource(): Promise<PolicyText>;
}

type Deps = Pick<Service<'wiki' | 'policy'>, 'database' | 'log' | 'clock' | 'logger' | 'settings'> & {
  /** Undefined where settings name neither a page nor a file. */
  readonly source: PolicySource | undefined;
};

/** Reading a file costs nothing, so it is read often. */
const fileEveryMs = 10 * 60_000;

export function createPolicyLooks({ source, ...deps }: Deps): PolicyLooks | undefined {
  if (source === undefined) return undefined;
  const { settings, clock, logger, database } = deps;
  const { text } = settings.policy;
  const closing = new AbortController();
  let last: LastLook = { state: 'unknown', why: 'it was not read yet' };
  const loop = createLoop({
    everyMs: source.kind === 'wiki' ? milliseconds(settings.wiki?.every ?? '24h') : fileEveryMs,
    clock,
    async pass() {
      const found = await source.read(closing.signal);
      await record(deps, source, { found, revision: text?.revision, signal: closing.signal });
      last = lastOf(found);
      return readAgainMs(found.state);
    },
    onError(error) {
      if (!closing.signal.aborted)
        logger.warn({ err: error }, 'the look at the infra policy failed; trying again');
    },
  });
  return {
    start: loop.start,
    wake: loop.wake,
    async close() {
      closing.abort();
      await loop.close();
    },
    resource: () => policyTextResource(database.orm, source, { text, last }),
  };
}

/** Writes down what a look brought: whether the wiki answers, and what there is of the text. */
async function record(
  { database, log }: Pick<Deps, 'database' | 'log'>,
  source: PolicySource,
  { found, revision, signal }: { found: Look; revision: string | undefined; signal: AbortSignal },
): Promise<void> {
  if (source.kind === 'wiki') {
    const isSilent = found.state === 'unknown' && found.of === 'wiki';
    await recordWiki({ database, log }, isSilent ? found.why : undefined);
  }
  if (found.state !== 'read') {
    await database.transaction((tx) => recordAnswer(tx, log, found));
    return;
  }
  const text = await textOf(database.orm, source, { found, revision, signal });
  const expected = { source: source.kind, revision, text };
  await database.transaction((tx) => recordPolicyText(tx, log, { found, expected }));
}

/** The text of the revision that settings name, where it can be had. */
async function textOf(
  orm: Deps['database']['orm'],
  source: PolicySource,
  asked: { found: Look & { state: 'read' }; revision: string | undefined; signal: AbortSignal },
): Promise<string | undefined> {
  const { found, revision, signal } = asked;
  if (revision === undefined) return undefined;
  if (revision === found.revision) return found.text;
  const known = (await readRevisions(orm, [revision])).get(revision);
  return known ? known.text : await source.older(revision, signal);
}

function lastOf(found: Look): LastLook {
  if (found.state === 'read') return { state: 'read' };
  return { state: found.state === 'unknown' ? 'unknown' : 'gone', why: found.why };
}

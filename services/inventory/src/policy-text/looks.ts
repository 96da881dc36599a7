import { createLoop, type Loop } from '@huismeester/clock';
import { milliseconds, type PolicyText } from '@huismeester/contracts';
import type { Service } from '@huismeester/service';
import { changedSections, sectionsOf } from '../core/policy-text/sections.ts';
import { recordWiki } from '../wiki/state.ts';
import type { PolicySource } from './source.ts';
import { readPolicyText, readRevisions, recordPolicyText } from './store.ts';

/** Looks again and again at the text of the infra policy. */
export interface PolicyLooks extends Pick<Loop, 'start' | 'wake' | 'close'> {
  resource(): Promise<PolicyText>;
}

type Deps = Pick<Service<'wiki' | 'policy'>, 'database' | 'log' | 'clock' | 'logger' | 'settings'> & {
  /** Undefined where settings name neither a page nor a file. */
  readonly source: PolicySource | undefined;
};

/** A file is at hand. */
const fileEveryMs = 10 * 60_000;
/** What brought nothing is tried again after this, ms. */
const againMs = 15 * 60_000;

export function createPolicyLooks({ source, ...deps }: Deps): PolicyLooks | undefined {
  if (source === undefined) return undefined;
  const { settings, clock, logger } = deps;
  const { revision, date } = settings.policy.text ?? {};
  const wikiEveryMs = milliseconds(settings.wiki?.every ?? '24h');
  const everyMs = source.kind === 'wiki' ? wikiEveryMs : fileEveryMs;
  const closing = new AbortController();
  let why: string | undefined = 'it was not read yet';
  const loop = createLoop({
    everyMs,
    clock,
    async pass() {
      const { signal } = closing;
      why = await look(deps, source, { revision, signal });
      return why === undefined ? undefined : againMs;
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
    async resource() {
      const { orm } = deps.database;
      const read = await readPolicyText(orm);
      const texts = await readRevisions(orm, [read?.revision, revision]);
      const newest = read && texts.get(read.revision);
      const old = revision === undefined ? undefined : texts.get(revision)?.text;
      return {
        source: source.name,
        ...(date !== undefined && { date }),
        state: why === undefined ? 'read' : 'unknown',
        ...(why !== undefined && { why }),
        ...(read && { revision: read.revision }),
        ...(revision !== undefined && { expected: revision }),
        ...(newest && { readAt: newest.readAt.toISOString() }),
        sections: newest ? shown(newest.text, read.newer ? old : undefined, source.kind) : [],
      };
    },
  };
}

/** Looks once; answers why it brought nothing. */
async function look(
  { database, log }: Pick<Deps, 'database' | 'log'>,
  source: PolicySource,
  { revision, signal }: { readonly revision: string | undefined; readonly signal: AbortSignal },
): Promise<string | undefined> {
  const found = await source.read(signal);
  if ('why' in found) return found.why;
  if (source.kind === 'wiki') await recordWiki({ database, log }, undefined);
  const texts = await readRevisions(database.orm, [revision]);
  const known = revision === found.revision ? found.text : revision && texts.get(revision)?.text;
  const text = known || (revision && (await source.older(revision, signal))) || undefined;
  const expected = { source: source.kind, revision, text };
  await database.transaction((tx) => recordPolicyText(tx, log, { found, expected }));
  return undefined;
}

function shown(text: string, old: string | undefined, kind: PolicySource['kind']): PolicyText['sections'] {
  const sections = sectionsOf(text, kind);
  return old === undefined ? sections : changedSections(sectionsOf(old, kind), sections);
}

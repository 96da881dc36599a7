import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { PolicyTextSettings } from '@huismeester/contracts';
import { pageTitleOf, type Wiki } from '@huismeester/wiki';
import type { PolicyAnswer, Revision } from '../core/policy-text/reading.ts';

/** What a look at the page or file of the infra policy brought; `why`, for people, where that is not its text. */
export type Look =
  | (Revision & { readonly state: 'read' })
  | (Exclude<PolicyAnswer, { readonly state: 'read' }> & { readonly why: string });

/** Where the text of the infra policy stands. */
export interface PolicySource {
  readonly kind: 'wiki' | 'file';
  /** The URL, or the name of the file: where it is on the server is not for everybody. */
  readonly name: string;
  read(signal: AbortSignal): Promise<Look>;
  /** An older revision; undefined where it cannot be had. */
  older(revision: string, signal: AbortSignal): Promise<string | undefined>;
}

/** A policy is some pages long. */
const mostBytes = 1024 * 1024;

/** The page or file that settings name; undefined where they name none. */
export function policySource(
  settings: PolicyTextSettings | undefined,
  wiki: Wiki | undefined,
): PolicySource | undefined {
  if (settings === undefined) return undefined;
  if ('file' in settings) return fileSource(settings.file);
  // Settings that name a page and no wiki are refused at the start.
  return wiki && pageSource(settings.url, wiki);
}

const unknown = (why: string): Look => ({ state: 'unknown', of: 'page', why });

function fileSource(file: string): PolicySource {
  return {
    kind: 'file',
    name: basename(file),
    async read() {
      try {
        const { size } = await stat(file);
        if (size > mostBytes) return unknown(`the file has ${size} bytes; at most ${mostBytes} are read`);
        const text = await readFile(file, 'utf8');
        if (text.trim() === '') return { state: 'blank', why: 'the file is empty' };
        const digest = createHash('sha256').update(text).digest('hex');
        return { state: 'read', revision: digest.slice(0, 12), text };
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'no code';
        return code === 'ENOENT'
          ? { state: 'missing', why: 'there is no such file' }
          : unknown(`the file cannot be read (${code})`);
      }
    },
    // Only what it says now is there.
    older: async () => undefined,
  };
}

function pageSource(url: string, wiki: Wiki): PolicySource {
  const pageStates = {
    blank: 'the page is blank',
    missing: 'there is no such page',
    'redirect-to-nowhere': 'the page leads to nowhere',
    'not-a-page': 'it is no page of the wiki',
  } as const;
  return {
    kind: 'wiki',
    name: url,
    async read(signal) {
      const site = await wiki.site(signal);
      if (site.state === 'unknown') return { ...site, of: 'wiki' };
      const named = pageTitleOf(url, site);
      if (!('title' in named))
        return { state: 'not-a-page', why: `no page of the wiki: allowed is ${named.allowed}` };
      const found = await wiki.text(named.title, signal);
      if (found.state === 'unknown') return found;
      if (found.state !== 'found') return { state: found.state, why: pageStates[found.state] };
      const { revision, text, time } = found;
      return { state: 'read', revision: String(revision), text, revisedAt: new Date(time).toISOString() };
    },
    async older(revision, signal) {
      const found = await wiki.revision(Number(revision), signal);
      return typeof found === 'string' ? found : undefined;
    },
  };
}

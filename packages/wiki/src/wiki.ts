import type { Clock } from '@huismeester/clock';
import { isUsableBotPassword } from '@huismeester/contracts';
import { readAdmins } from './admins.ts';
import { createPage, mayMakePages, type NewPage } from './create.ts';
import { type Bot, createLogin } from './login.ts';
import { lookUpPages, lookUpTitles, readRevision, readText } from './pages.ts';
import { createSender } from './send.ts';
import { createSession } from './session.ts';
import { siteReader } from './site.ts';
import type { Admins, BotCheck, Made, PageState, PageText, PageUnknown, Unknown, WikiSite } from './state.ts';
import { createTransport } from './transport.ts';
import { WikiSettingsError, WikiTrouble } from './trouble.ts';

export interface WikiOptions {
  /** The URL of api.php. */
  readonly api: string;
  /** The authority of its certificate, PEM, instead of the system's. */
  readonly ca?: string | undefined;
  /** Who asks, with where its people can be reached (https://foundation.wikimedia.org/wiki/Policy:User-Agent_policy). */
  readonly userAgent: string;
  /** Without one nothing can be made, and a private wiki cannot be read. */
  readonly bot?: Bot | undefined;
  readonly clock: Clock;
  /** How long one answer may take, ms; 30 s, since 50 texts take a small machine a while. */
  readonly timeoutMs?: number;
}

/** Each of them rejects only when its signal aborts, or with a fault of our own program. */
export interface Wiki {
  /** What there is under each of any number of titles; the keys are the titles as they were asked. */
  lookUp(titles: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, PageState>>;
  /** The same by page id, by which a page is found that was moved. */
  lookUpIds(ids: readonly number[], signal?: AbortSignal): Promise<ReadonlyMap<number, PageState>>;
  /** The whole wikitext of a page. */
  text(title: string, signal?: AbortSignal): Promise<PageText>;
  /** The whole wikitext of a revision, also of one that is not the latest of its page. */
  revision(id: number, signal?: AbortSignal): Promise<string | PageUnknown>;
  /** Who is sysop, bureaucrat or interface-admin. */
  admins(signal?: AbortSignal): Promise<Admins>;
  site(signal?: AbortSignal): Promise<(WikiSite & { readonly state: 'found' }) | Unknown>;
  /** Asks the wiki about itself; why it does not answer, or undefined where it does. */
  silence(signal?: AbortSignal): Promise<string | undefined>;
  /** Makes a page, if there is none; what is there is never touched. */
  create(page: NewPage, signal?: AbortSignal): Promise<Made>;
  /** Logs the bot in, and asks what it may. */
  checkBot(signal?: AbortSignal): Promise<BotCheck>;
  /** Ends what is still asked. */
  close(): Promise<void>;
}

/** Asks nothing by itself. Throws {@link WikiSettingsError} for a bot that MediaWiki would never let in. */
export function createWiki({ api, ca, userAgent, bot, clock, timeoutMs = 30_000 }: WikiOptions): Wiki {
  if (bot !== undefined && !isUsableBotPassword(bot.password)) {
    throw new WikiSettingsError(
      'MediaWiki would never let this bot in: its password has to be one that Special:BotPasswords made, of at least 32 of 0–9 and a–w',
    );
  }
  const sender = createSender({ api, ca, userAgent, timeoutMs, clock });
  const transport = createTransport(sender, { api, clock });
  const session = createSession(transport, createLogin({ transport, forget: sender.forget, bot, clock }));
  const info = siteReader(session, { api, clock });
  const reader = { session, info };
  return {
    lookUp: (titles, signal) => lookUpTitles(reader, titles, signal),
    lookUpIds: (ids, signal) => lookUpPages(reader, ids, signal),
    text: (title, signal) => readText(reader, title, signal),
    revision: (id, signal) => readRevision(reader, id, signal),
    admins: (signal) => readAdmins(session, signal),
    async site(signal) {
      try {
        const { site } = await info(signal);
        return { state: 'found', ...site };
      } catch (error) {
        if (error instanceof WikiTrouble) return { state: 'unknown', why: error.why };
        throw error;
      }
    },
    async silence(signal) {
      try {
        await info.fresh(signal);
        return undefined;
      } catch (error) {
        if (error instanceof WikiTrouble) return error.why;
        throw error;
      }
    },
    create: (page, signal) => createPage(reader, page, signal),
    async checkBot(signal) {
      try {
        return { state: 'let-in', mayMakePages: await mayMakePages(session, signal) };
      } catch (error) {
        if (error instanceof WikiTrouble) return { state: 'unknown', why: error.why };
        throw error;
      }
    },
    close: () => transport.close(),
  };
}

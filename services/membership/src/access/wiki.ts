import type { WikiSettings } from '@huismeester/contracts';
import { type WikiAdmin, wikiOf } from '@huismeester/wiki';
import { personOfUser } from '../core/access/wiki-user.ts';
import type { Memory } from '../people/memory.ts';
import type { AccessAdapter, Found, Looked } from './adapter.ts';
import type { AccessService } from './service.ts';

/** As a source of accounts. */
export const wikiSource = 'wiki';
/** What somebody in a group of the wiki may, as rights have it. */
const privilege = 'member';
/** A new administrator of the wiki is known within an hour: by then two looks began. */
export const longestEveryMs = 30 * 60_000;

/** The groups of the wiki that administer it, since the website is core (CORE-3, CORE-4). Whoever asks needs no right for it where the wiki is open to readers. */
export function wikiAccess(
  settings: WikiSettings,
  { clock, settings: { site, http } }: Pick<AccessService, 'clock' | 'settings'>,
  memory: Memory,
): AccessAdapter {
  const wiki = wikiOf(settings, { clock, settings: { site, http } });
  return {
    id: wikiSource,
    longestEveryMs,
    async read(signal): Promise<Looked> {
      const latest = memory.latest();
      // Until the first read of the directory since the start what was known before stands.
      if (settings.users === 'directory' && latest === undefined) return { state: 'unchanged' };
      const people = settings.users === 'directory' ? (latest?.people ?? []) : [];
      const admins = await wiki.admins(signal);
      if (admins.state === 'unknown')
        return { state: 'unknown', lacks: `an answer of the wiki: ${admins.why}` };
      return {
        state: 'complete',
        accounts: admins.accounts.map((each) => {
          const owner = personOfUser(each.name, people);
          const person = owner && memory.personAt(owner.id);
          return found(each, { api: settings.api, person });
        }),
      };
    },
    close: () => wiki.close(),
  };
}

function found(
  { name, groups, blocked }: WikiAdmin,
  { api, person }: { api: string; person: string | undefined },
): Found {
  const rights = new URL('index.php', api);
  rights.search = new URLSearchParams({ title: 'Special:UserRights', user: name }).toString();
  return {
    name,
    kind: 'user',
    // The user of our own bot is no administrator; where it is one, the team says what for.
    builtIn: null,
    // A sysop may end a block of their own account (`unblockself`).
    asleep: blocked && !groups.includes('sysop'),
    rights: groups.map((group) => ({ on: `/wiki/${group}`, privileges: [privilege], by: ['member'] })),
    commands: [rights.href],
    ...(person !== undefined && { person }),
  };
}

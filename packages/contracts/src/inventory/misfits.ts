import { type Draft, type Misfit, milliseconds } from '../define.ts';
import { isUsableBotPassword } from './mediawiki.ts';
import type { WikiSettings } from './settings.ts';

type Given = Draft<{ wiki: WikiSettings; policy: { text: { url: string } }; directory: object }>;

const hourMs = 3_600_000;
const weekMs = 7 * 24 * hourMs;

/** What of the settings of the wiki does not fit together. */
export function misfits({ wiki, policy, directory }: Given): Misfit[] {
  const url = policy?.text?.url;
  if (wiki === undefined) {
    if (url === undefined) return [];
    const allowed = 'a page of the wiki that `wiki` names, or a file: policy.text.file';
    return [{ path: ['policy', 'text', 'url'], found: 'a page, and no wiki', allowed }];
  }
  return [
    ...uselessBot(wiki),
    ...noBot(wiki),
    ...outOfRange(wiki.every),
    ...otherSite(wiki.api, url),
    ...usersOfNobody(wiki, directory),
  ];
}

/** The password is not in what is said. */
function uselessBot({ bot }: Draft<WikiSettings>): Misfit[] {
  const password = bot?.password;
  if (password === undefined || isUsableBotPassword(password)) return [];
  return [
    {
      path: ['wiki', 'bot', 'password'],
      found: 'a password with which MediaWiki would never let it in',
      allowed: 'one that Special:BotPasswords made: 32 or more of 0–9 and a–w',
    },
  ];
}

function noBot({ bot, writes }: Draft<WikiSettings>): Misfit[] {
  if (writes !== 'pages' || bot !== undefined) return [];
  return [{ path: ['wiki', 'bot'], found: 'nothing', allowed: 'a bot, where wiki.writes is pages' }];
}

function usersOfNobody({ users }: Draft<WikiSettings>, directory: object | undefined): Misfit[] {
  if (users !== 'directory' || directory !== undefined) return [];
  return [{ path: ['wiki', 'users'], found: users, allowed: 'own, where settings name no directory' }];
}

function outOfRange(every: string | undefined): Misfit[] {
  if (every === undefined) return [];
  const ms = milliseconds(every);
  if (ms >= hourMs && ms <= weekMs) return [];
  return [{ path: ['wiki', 'every'], found: every, allowed: '1h to 7d' }];
}

function otherSite(api: string | undefined, url: string | undefined): Misfit[] {
  const [ours, theirs] = [api, url].map((each) => (each === undefined ? null : URL.parse(each)));
  if (!ours || !theirs || ours.host === theirs.host) return [];
  return [
    {
      path: ['policy', 'text', 'url'],
      found: `a page at ${theirs.host}`,
      allowed: `one of the wiki at ${ours.host}, or a file: policy.text.file`,
    },
  ];
}

import { randomBytes } from 'node:crypto';
import { startWikiSimulator, type WikiSimulator } from '@huismeester/simulators';
import { pages } from './pages.ts';

/** The wiki of the demo space, with what it takes to reach it. */
export interface DemoWiki extends Pick<WikiSimulator, 'url' | 'pages' | 'close'> {
  /** For the settings. */
  readonly env: Readonly<Record<string, string>>;
}

/** Who administers the wiki: the full members of the team. Accounts have the uids of the directory. */
const administrators = ['Mira', 'Teun', 'Saar'];

/** Starts the wiki. */
export async function startWiki(): Promise<DemoWiki> {
  // As Special:BotPasswords makes them: of 0–9 and a–v.
  const password = [...randomBytes(32)].map((byte) => (byte % 32).toString(32)).join('');
  const bot = { username: 'Huismeester@huismeester', password };
  const users = [
    ...administrators.map((name) => ({ name, groups: ['sysop'] })),
    { name: 'Lisa', groups: [] },
    { name: 'Huismeester', groups: ['bot'] },
  ];
  const wiki = await startWikiSimulator({ pages, users, bot });
  return {
    url: wiki.url,
    pages: wiki.pages,
    env: {
      DEMO_WIKI_URL: `${wiki.url}/api.php`,
      DEMO_WIKI_PASSWORD: password,
      DEMO_POLICY_URL: `${wiki.url}/wiki/Infra_policy`,
    },
    close: () => wiki.close(),
  };
}

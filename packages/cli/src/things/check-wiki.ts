import { systemClock } from '@huismeester/clock';
import type { SpaceSettings } from '@huismeester/contracts';
import { pageTitleOf, type Wiki, wikiOf } from '@huismeester/wiki';
import type { Finding } from '../check/finding.ts';

type Given = Pick<SpaceSettings, 'wiki' | 'policy' | 'site' | 'http'>;

/** The wiki answers, says who administers it, has the page of the policy, and lets the bot in. Nothing is written. */
export async function checkWiki({ wiki: settings, policy, site, http }: Given): Promise<Finding[]> {
  if (settings === undefined) return [];
  const wiki = wikiOf(settings, { clock: systemClock, settings: { site, http } });
  try {
    const { host } = new URL(settings.api);
    const answers = await checkAnswers(wiki, host);
    const bot = settings.bot === undefined ? [] : [await checkBot(wiki, settings.writes === 'pages')];
    if (answers.problem !== undefined) return [answers, ...bot];
    const url = policy.text !== undefined && 'url' in policy.text ? policy.text.url : undefined;
    const page = url === undefined ? [] : [await checkPage(wiki, url)];
    return [answers, await checkAdmins(wiki), ...page, ...bot];
  } finally {
    await wiki.close();
  }
}

async function checkAnswers(wiki: Wiki, host: string): Promise<Finding> {
  const what = `wiki: the API at ${host} answers`;
  const site = await wiki.site();
  if (site.state === 'found') return { what };
  const isPrivate = site.why.includes('readapidenied');
  const remedy = isPrivate
    ? 'only who is logged in may read it: make a bot password at Special:BotPasswords, and name it in `wiki.bot`'
    : 'correct `wiki.api` in space.yaml: Special:Version of the wiki says where its api.php is';
  return { what, problem: site.why, remedy };
}

async function checkAdmins(wiki: Wiki): Promise<Finding> {
  const what = 'wiki: who administers it can be read (CORE-4)';
  const admins = await wiki.admins();
  return admins.state === 'complete' ? { what } : { what, problem: admins.why };
}

async function checkPage(wiki: Wiki, url: string): Promise<Finding> {
  const what = `wiki: ${url} is a page`;
  const remedy = 'correct `policy.text.url` in space.yaml';
  const site = await wiki.site();
  if (site.state === 'unknown') return { what, problem: site.why };
  const read = pageTitleOf(url, site);
  if (!('title' in read)) return { what, problem: `it is not ${read.allowed}`, remedy };
  const state = (await wiki.lookUp([read.title])).get(read.title);
  if (state?.state === 'found') return { what };
  return state?.state === 'unknown'
    ? { what, problem: state.why }
    : { what, problem: state?.state ?? '', remedy };
}

async function checkBot(wiki: Wiki, writes: boolean): Promise<Finding> {
  const what = `wiki: the bot is let in${writes ? ', and may make pages' : ''}`;
  const bot = await wiki.checkBot();
  if (bot.state === 'unknown') {
    const remedy = 'make its password anew at Special:BotPasswords, and put it into `wiki.bot.password`';
    return { what, problem: bot.why, remedy };
  }
  if (!writes || bot.mayMakePages) return { what };
  return {
    what,
    problem: 'it may not make pages',
    remedy: 'grant it «Create, edit, and move pages» at Special:BotPasswords, or set `wiki.writes: off`',
  };
}

import { targetOf, titleOf, type WikiPage, type WikiPages } from './pages.ts';

/** An account with its groups. */
export interface WikiUser {
  readonly name: string;
  readonly groups: readonly string[];
}

export interface WikiBot {
  /** `Name@bot`. */
  readonly username: string;
  readonly password: string;
}

export interface WikiState {
  readonly pages: WikiPages;
  readonly users: readonly WikiUser[];
  readonly bot?: WikiBot | undefined;
  /** Its origin. */
  readonly url: string;
}

/** What the API answers, and whether the one who asks is the bot from then on. */
export interface WikiAnswer {
  readonly body: object;
  readonly logsIn?: true;
}

const token = 'the-token-of-the-demo+\\';
const error = (code: string): WikiAnswer => ({ body: { error: { code, info: code } } });

/** Answers one request of `api.php`, formatversion 2: reading pages, users and the site, logging the bot in, and `createonly`. */
export function answer(params: URLSearchParams, isBot: boolean, state: WikiState): WikiAnswer {
  if (params.get('assert') === 'user' && !isBot) return error('assertuserfailed');
  switch (params.get('action')) {
    case 'query':
      return { body: { batchcomplete: true, query: query(params, state) } };
    case 'login':
      return logIn(params, state);
    case 'edit':
      return edit(params, isBot, state);
    default:
      return error('badvalue');
  }
}

function query(params: URLSearchParams, state: WikiState): object {
  const meta = (params.get('meta') ?? '').split('|');
  const groups = (params.get('augroup') ?? '').split('|');
  return {
    ...(meta.includes('siteinfo') && siteOf(state)),
    ...(meta.includes('tokens') && { tokens: { [`${params.get('type')}token`]: token } }),
    ...(params.get('list') === 'allusers' && {
      allusers: state.users
        .filter((user) => user.groups.some((group) => groups.includes(group)))
        .map(({ name, groups: of }, at) => ({ userid: at + 1, name, groups: ['*', 'user', ...of] })),
    }),
    ...pagesOf(params, state.pages),
  };
}

function siteOf({ url }: WikiState): object {
  return {
    general: { server: url, articlepath: '/wiki/$1', scriptpath: '', mainpage: 'Main Page' },
    namespaces: { '0': { id: 0, name: '' }, '14': { id: 14, name: 'Category', canonical: 'Category' } },
    namespacealiases: [],
  };
}

function pagesOf(params: URLSearchParams, pages: WikiPages): object {
  const listed = (name: string) => (params.get(name) ?? '').split('|').filter((each) => each !== '');
  const revisions = listed('revids').flatMap((id) => pages.byRevision(Number(id)) ?? []);
  const ids = listed('pageids').map((id) => {
    const page = pages.byId(Number(id));
    return page === undefined ? { pageid: Number(id), missing: true } : shown(page);
  });
  if (revisions.length > 0 || ids.length > 0) return { pages: [...revisions.map(shown), ...ids] };
  const asked = listed('titles');
  if (asked.length === 0) return {};
  const normalized = asked
    .filter((each) => titleOf(each) !== each)
    .map((from) => ({ fromencoded: false, from, to: titleOf(from) }));
  const redirects = new Map<string, string>();
  const ends = asked.map((each) => endOf(titleOf(each), pages, redirects));
  return {
    ...(normalized.length > 0 && { normalized }),
    ...(redirects.size > 0 && { redirects: [...redirects].map(([from, to]) => ({ from, to })) }),
    pages: [...new Set(ends)].map((title) => {
      const page = pages.get(title);
      return page === undefined ? { ns: 0, title, missing: true } : shown(page);
    }),
  };
}

/** Follows redirects, and notes them; a loop ends where it began. */
function endOf(title: string, pages: WikiPages, redirects: Map<string, string>): string {
  const page = pages.get(title);
  const target = page && targetOf(page);
  if (target === undefined || redirects.has(title)) return title;
  redirects.set(title, target);
  return endOf(target, pages, redirects);
}

function shown(page: WikiPage): object {
  const { id, title, revision, time, text } = page;
  return {
    pageid: id,
    ns: 0,
    title,
    ...(targetOf(page) !== undefined && { redirect: true }),
    revisions: [{ revid: revision, timestamp: time, slots: { main: { content: text } } }],
  };
}

function logIn(params: URLSearchParams, { bot }: WikiState): WikiAnswer {
  const isRight =
    bot !== undefined && params.get('lgname') === bot.username && params.get('lgpassword') === bot.password;
  if (params.get('lgtoken') !== token) return { body: { login: { result: 'NeedToken' } } };
  return isRight
    ? { body: { login: { result: 'Success' } }, logsIn: true }
    : { body: { login: { result: 'Failed' } } };
}

function edit(params: URLSearchParams, isBot: boolean, { pages }: WikiState): WikiAnswer {
  if (!isBot) return error('permissiondenied');
  if (params.get('token') !== token) return error('badtoken');
  const title = params.get('title') ?? '';
  if (params.has('createonly') && pages.get(title) !== undefined) return error('articleexists');
  const { id, revision } = pages.save(title, params.get('text') ?? '');
  return { body: { edit: { result: 'Success', pageid: id, newrevid: revision } } };
}

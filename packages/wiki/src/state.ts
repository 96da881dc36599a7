/** A page and its latest revision. */
export interface PageRevision {
  /** The page's id, which it keeps when it is moved. */
  readonly page: number;
  /** The id of its latest revision. */
  readonly revision: number;
  /** When that was saved: ISO 8601, UTC. */
  readonly time: string;
  /** As the wiki writes it; of a redirect, that of its target. */
  readonly title: string;
}

/** Nothing could be learned; `why` is for people, and holds no secret and nothing of the server's own texts but error codes. */
export interface Unknown {
  readonly state: 'unknown';
  readonly why: string;
}

/** The same of a page. `of`: whether the wiki answers, and only says nothing of this page that can be read, or whether it says nothing at all. */
export interface PageUnknown extends Unknown {
  readonly of: 'page' | 'wiki';
}

/** What is not a page of this wiki with a text of its own. */
export type NotAPage = 'special' | 'interwiki' | 'invalid' | 'file';

/** Of something that was looked up and has no text to read. */
export type NoPage =
  | { readonly state: 'missing' }
  /** A redirect whose end is no page of this wiki, or a loop of redirects. */
  | { readonly state: 'redirect-to-nowhere'; readonly target?: string }
  | { readonly state: 'not-a-page'; readonly why: NotAPage };

/** What there is under a title. `blank`: at most 20 characters are left without comments, categories and templates without text. */
export type PageState =
  | (PageRevision & { readonly state: 'found' })
  | (PageRevision & { readonly state: 'blank' })
  | NoPage
  | PageUnknown;

/** The whole wikitext of a page. */
export type PageText =
  | (PageRevision & { readonly state: 'found'; readonly text: string })
  | (PageRevision & { readonly state: 'blank' })
  | NoPage
  | PageUnknown;

/** An account in one of the groups sysop, bureaucrat and interface-admin. */
export interface WikiAdmin {
  readonly name: string;
  /** Those of the three groups that it is in. */
  readonly groups: readonly AdminGroup[];
  /** Blocked from the whole wiki. */
  readonly blocked: boolean;
}

export const adminGroups = ['sysop', 'bureaucrat', 'interface-admin'] as const;
export type AdminGroup = (typeof adminGroups)[number];

export type Admins = { readonly state: 'complete'; readonly accounts: readonly WikiAdmin[] } | Unknown;

/** Where the pages of a wiki are. */
export interface WikiSite {
  /** Its origin, such as `https://hackalot.nl`. */
  readonly base: string;
  /** The origin of its api.php, which may be another: `https://www.hackalot.nl`. */
  readonly apiBase: string;
  /** With `$1` for the title: `/wiki/$1`, `/index.php?title=$1`. */
  readonly articlePath: string;
  /** Before `/index.php`; may be empty. */
  readonly scriptPath: string;
  readonly mainPage: string;
}

/** Whether the wiki lets the bot in, and whether what was granted to it is enough to make pages. */
export type BotCheck = { readonly state: 'let-in'; readonly mayMakePages: boolean } | Unknown;

/** What became of making a page. `unknown`: it may have been made. */
export type Made =
  | { readonly outcome: 'made'; readonly page: number; readonly revision: number }
  | { readonly outcome: 'exists' }
  | { readonly outcome: 'refused' | 'unknown'; readonly why: string };

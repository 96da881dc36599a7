/** A page of the simulated wiki, as its API shows the newest revision. */
export interface WikiPage {
  readonly id: number;
  readonly title: string;
  readonly revision: number;
  /** ISO 8601 to the second, as MediaWiki writes it. */
  readonly time: string;
  readonly text: string;
}

export interface WikiPages {
  get(title: string): WikiPage | undefined;
  byId(id: number): WikiPage | undefined;
  byRevision(revision: number): WikiPage | undefined;
  all(): readonly WikiPage[];
  /** Makes a page, or a new revision of it. */
  save(title: string, text: string): WikiPage;
  delete(title: string): void;
}

/** The pages of a wiki; `now` dates what is saved. */
export function createPages(texts: Readonly<Record<string, string>>, now: () => Date): WikiPages {
  const pages = new Map<string, WikiPage>();
  let revisions = 0;
  let ids = 0;
  const found = (test: (page: WikiPage) => boolean) => [...pages.values()].find(test);
  const self: WikiPages = {
    get: (title) => pages.get(titleOf(title)),
    byId: (id) => found((page) => page.id === id),
    byRevision: (revision) => found((page) => page.revision === revision),
    all: () => [...pages.values()],
    save(asked, text) {
      const title = titleOf(asked);
      const id = pages.get(title)?.id ?? ++ids;
      revisions += 1;
      const page = { id, title, revision: revisions, time: seconds(now()), text };
      pages.set(title, page);
      return page;
    },
    delete: (title) => pages.delete(titleOf(title)),
  };
  for (const [title, text] of Object.entries(texts)) self.save(title, text);
  return self;
}

/** As MediaWiki writes it: blanks for `_`, and a capital first. */
export function titleOf(text: string): string {
  const title = text.replaceAll(/[_\s]+/g, ' ').trim();
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** Where a page redirects to. */
export function targetOf({ text }: WikiPage): string | undefined {
  const [, target] = /^#redirect\s*\[\[([^\]|#]+)/i.exec(text) ?? [];
  return target === undefined ? undefined : titleOf(target);
}

function seconds(moment: Date): string {
  return moment.toISOString().replace(/\.\d+Z$/, 'Z');
}

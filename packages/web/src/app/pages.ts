import type { ComponentType } from 'preact';
import { words as access } from '../pages/access/words.ts';
import { words as account } from '../pages/account/words.ts';
import { words as decisions } from '../pages/decisions/words.ts';
import { words as display } from '../pages/display/words.ts';
import { words as member } from '../pages/member/words.ts';
import { words as network } from '../pages/network/words.ts';
import NowPage from '../pages/now/page.tsx';
import { words as now } from '../pages/now/words.ts';
import { words as policy } from '../pages/policy/words.ts';
import { words as power } from '../pages/power/words.ts';
import { words as projects } from '../pages/projects/words.ts';
import { words as report } from '../pages/report/words.ts';
import { words as settings } from '../pages/settings/words.ts';
import { words as team } from '../pages/team/words.ts';
import { words as things } from '../pages/things/words.ts';
import { words as violations } from '../pages/violations/words.ts';
import { words as vms } from '../pages/vms/words.ts';
import type { Dictionary } from '../words/language.ts';
import type { PageName } from './names.ts';
import type { PageProps } from './page-props.ts';
import type { Role } from './session.ts';

/** A page of the site: where it is, what shows it, and its texts. Both are loaded when somebody goes there. */
export interface PageDefinition {
  readonly name: PageName;
  /** `/vms/:id`; the first that fits counts. */
  readonly path: string;
  readonly load: () => Promise<{ readonly default: ComponentType<PageProps> }>;
  readonly words: Dictionary<unknown>;
  /** For whom it stands in the navigation; left out: for everybody. The server decides who may see what is on it. */
  readonly roles?: readonly Role[];
  /** Shown alone, without the frame. */
  readonly bare?: true;
}

/** All pages; the first is there with the frame. A new one is its folder, its name in names.ts, and a line here. */
export const pages: readonly PageDefinition[] = [
  { name: 'now', path: '/', load: async () => ({ default: NowPage }), words: now },
  {
    name: 'display',
    path: '/display',
    load: () => import('../pages/display/page.tsx'),
    words: display,
    bare: true,
  },
  { name: 'power', path: '/power', load: () => import('../pages/power/page.tsx'), words: power },
  { name: 'network', path: '/network', load: () => import('../pages/network/page.tsx'), words: network },
  {
    name: 'violations',
    path: '/violations',
    load: () => import('../pages/violations/page.tsx'),
    words: violations,
  },
  { name: 'policy', path: '/policy', load: () => import('../pages/policy/page.tsx'), words: policy },
  { name: 'vms', path: '/vms', load: () => import('../pages/vms/page.tsx'), words: vms },
  { name: 'vms', path: '/vms/new', load: () => import('../pages/vms/new-page.tsx'), words: vms },
  { name: 'vms', path: '/vms/:id', load: () => import('../pages/vms/vm-page.tsx'), words: vms },
  { name: 'projects', path: '/projects', load: () => import('../pages/projects/page.tsx'), words: projects },
  {
    name: 'projects',
    path: '/projects/:id',
    load: () => import('../pages/projects/project-page.tsx'),
    words: projects,
  },
  {
    name: 'decisions',
    path: '/decisions',
    load: () => import('../pages/decisions/page.tsx'),
    words: decisions,
  },
  {
    name: 'decisions',
    path: '/decisions/:id',
    load: () => import('../pages/decisions/one.tsx'),
    words: decisions,
  },
  {
    name: 'settings',
    path: '/settings',
    load: () => import('../pages/settings/page.tsx'),
    words: settings,
  },
  { name: 'things', path: '/things', load: () => import('../pages/things/page.tsx'), words: things },
  { name: 'things', path: '/things/new', load: () => import('../pages/things/new-page.tsx'), words: things },
  {
    name: 'things',
    path: '/things/labels',
    load: () => import('../pages/things/labels-page.tsx'),
    words: things,
  },
  {
    name: 'things',
    path: '/things/import',
    load: () => import('../pages/things/import-page.tsx'),
    words: things,
  },
  { name: 'things', path: '/things/:id', load: () => import('../pages/things/item-page.tsx'), words: things },
  {
    name: 'account',
    path: '/account',
    load: () => import('../pages/account/page.tsx'),
    words: account,
  },
  { name: 'report', path: '/report', load: () => import('../pages/report/page.tsx'), words: report },
  {
    name: 'report',
    path: '/report/:id',
    load: () => import('../pages/report/report-page.tsx'),
    words: report,
  },
  { name: 'team', path: '/team', load: () => import('../pages/team/page.tsx'), words: team },
  {
    name: 'team',
    path: '/team/applications/:id',
    load: () => import('../pages/team/application-page.tsx'),
    words: team,
  },
  { name: 'team', path: '/team/access', load: () => import('../pages/access/page.tsx'), words: access },
  { name: 'team', path: '/team/:person', load: () => import('../pages/member/page.tsx'), words: member },
];

/** The page at a path, with the named parts of it. */
export function pageAt(
  path: string,
): { readonly page: PageDefinition; readonly params: PageProps['params'] } | undefined {
  const parts = partsOf(path);
  for (const page of pages) {
    const pattern = partsOf(page.path);
    const isSame =
      pattern.length === parts.length &&
      pattern.every((each, at) => each.startsWith(':') || each === parts[at]);
    if (!isSame) continue;
    const named = pattern.flatMap((each, at) =>
      each.startsWith(':') ? [[each.slice(1), parts[at] ?? ''] as const] : [],
    );
    return { page, params: Object.fromEntries(named) };
  }
  return undefined;
}

function partsOf(path: string): string[] {
  return path
    .split('/')
    .filter((each) => each !== '')
    .map(decoded);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

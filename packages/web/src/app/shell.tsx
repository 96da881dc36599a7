import type { Now } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { heardAt } from '../api/live.ts';
import { useResource } from '../api/resource.ts';
import { Dialog } from '../parts/dialog.tsx';
import { LogIn } from '../parts/log-in.tsx';
import { Shape } from '../parts/mark.tsx';
import { Notices } from '../parts/notices.tsx';
import { Countdown } from '../parts/time.tsx';
import { common } from '../words/common.ts';
import { inLanguage } from '../words/says.ts';
import { clockTime } from '../words/time.ts';
import { isDelayed, isOffline } from './connection.ts';
import { navigation, type PageName, underMore } from './names.ts';
import { pageAt, pages } from './pages.ts';
import { place } from './router.ts';
import { hasEnded, may, maySeeNow, me, site } from './session.ts';
import { newest, nowServices, spaceState, toneOf } from './space-state.ts';

/** The frame around every page: where one can go, and what must be seen wherever one is. */
export function Shell({ children }: { readonly children: ComponentChildren }) {
  const now = useResource<Now>(maySeeNow() ? '/api/v1/now' : undefined, nowServices);
  const state = now.state.value;
  useEffect(() => {
    newest.value = state.kind === 'loaded' ? state.value : undefined;
  }, [state]);
  return (
    <>
      <a class="skip" href="#content">
        {common.value.skip}
      </a>
      <header class="top">
        <a class="name" href="/">
          <Shape tone={spaceState.value.tone} size={16} />
          <span>{site.value?.name ?? common.value.siteName(undefined)}</span>
        </a>
        <Navigation />
      </header>
      <Banners />
      <main id="content" tabIndex={-1} class={isOffline.value ? 'old' : ''}>
        {children}
      </main>
      <Notices />
      {hasEnded.value && <LogInAgain />}
    </>
  );
}

/** At most seven, and the rest under “More”; on a phone a bar of five at the bottom. */
function Navigation() {
  const shown = (names: readonly PageName[]) => names.filter((name) => isShown(name));
  const current = pageAt(place.value.path)?.page.name;
  return (
    <nav aria-label={common.value.menu} class="navigation">
      <ul>
        {shown(navigation).map((name) => (
          <li key={name} class={`page-${name}`}>
            <PageLink name={name} current={current} />
          </li>
        ))}
        <li class="more">
          <More names={shown(underMore)} current={current} />
        </li>
      </ul>
    </nav>
  );
}

function isShown(name: PageName): boolean {
  const page = pages.find((each) => each.name === name);
  return page !== undefined && (page.roles === undefined || may(...page.roles));
}

function PageLink({ name, current }: { readonly name: PageName; readonly current: PageName | undefined }) {
  const path = pages.find((each) => each.name === name)?.path ?? '/';
  return (
    <a href={path} aria-current={current === name ? 'page' : undefined}>
      {common.value.pages[name]}
    </a>
  );
}

/** The other pages, in a list that opens; on a phone also those for which the bar has no room. */
function More({
  names,
  current,
}: {
  readonly names: readonly PageName[];
  readonly current: PageName | undefined;
}) {
  const isOpen = useSignal<boolean>(false);
  const list = useRef<HTMLDivElement>(null);
  const { path } = place.value;
  useEffect(() => {
    isOpen.value = false;
  }, [path]);
  const only = navigation.filter((name) => ['projects', 'things', 'team'].includes(name) && isShown(name));
  useEffect(() => {
    const close = (event: KeyboardEvent | FocusEvent): void => {
      const isEscape = event instanceof KeyboardEvent && event.key === 'Escape';
      const isInside = event.target instanceof Node && list.current?.contains(event.target);
      if (!isOpen.value || (event instanceof KeyboardEvent ? !isEscape : isInside)) return;
      isOpen.value = false;
      if (isEscape && isInside) list.current?.querySelector('button')?.focus();
    };
    document.addEventListener('keydown', close);
    document.addEventListener('focusin', close);
    return () => {
      document.removeEventListener('keydown', close);
      document.removeEventListener('focusin', close);
    };
  }, []);
  return (
    <div ref={list}>
      <button
        type="button"
        class="more-button"
        aria-expanded={isOpen.value}
        aria-controls="more-pages"
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        {common.value.more}
      </button>
      <ul id="more-pages" class="more-pages" hidden={!isOpen.value}>
        {only.map((name) => (
          <li key={name} class="only-phone">
            <PageLink name={name} current={current} />
          </li>
        ))}
        {names.map((name) => (
          <li key={name}>
            <PageLink name={name} current={current} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What must be seen on every page: that it is a demo, that clauses are in dry-run, a power cut, and that the page is not of now. */
function Banners() {
  const now = newest.value;
  const heard = heardAt.value;
  const isCut = now?.state === 'cut';
  const tone = toneOf(now);
  const dryRun = now?.dryRun?.length ?? 0;
  return (
    <section class="banners" aria-label={common.value.banners}>
      {isCut && (
        <p class={`banner ${tone}`} role="alert">
          <Shape tone={tone} /> <span>{inLanguage(now.says)}</span>{' '}
          {now.next !== undefined && <Countdown at={now.next.at} />}{' '}
          <a href="/power">{common.value.cutMore}</a>
        </p>
      )}
      <p class="chips">
        {site.value?.demo === true && <span class="chip">{common.value.demo}</span>}
        {dryRun > 0 && (
          <a class="chip" href="/settings">
            {common.value.dryRun(dryRun)}
          </a>
        )}
        {(isDelayed.value || isOffline.value) && heard !== undefined && (
          <span class="chip warn" role="status">
            {isOffline.value ? `${common.value.offline}. ` : ''}
            {common.value.asOf(clockTime(heard))}
          </span>
        )}
      </p>
    </section>
  );
}

/** The session ended elsewhere: the page stays, with what was filled in. */
function LogInAgain() {
  const { logIn: words } = common.value;
  const close = (): void => {
    hasEnded.value = false;
    me.value = 'nobody';
  };
  return (
    <Dialog title={words.again} onClose={close}>
      <p>{words.againWhy}</p>
      <LogIn />
    </Dialog>
  );
}

import { signal } from '@preact/signals';
import { Component, type ComponentChildren, type ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { LogIn } from '../parts/log-in.tsx';
import { Page } from '../parts/page.tsx';
import { common } from '../words/common.ts';
import { language } from '../words/language.ts';
import type { PageProps } from './page-props.ts';
import { type PageDefinition, pageAt } from './pages.ts';
import { place } from './router.ts';
import { me, site } from './session.ts';
import { Shell } from './shell.tsx';

interface Shown {
  readonly page: PageDefinition;
  readonly view: ComponentType<PageProps>;
}

/** The page whose code and texts are there; the one before stays on the screen until then. */
const shown = signal<Shown | 'missing' | 'broken' | undefined>(undefined);

/** Loads the page of a path, and shows it as soon as it is there. */
export async function show(path: string): Promise<void> {
  const found = pageAt(path);
  if (found === undefined) {
    shown.value = 'missing';
    return;
  }
  const last = shown.peek();
  // Another thing on the same page, or what the first view was loaded for.
  if (typeof last === 'object' && last.page === found.page) return;
  try {
    const [{ default: view }] = await Promise.all([
      found.page.load(),
      found.page.words.load(language.peek()),
    ]);
    if (place.peek().path === path) shown.value = { page: found.page, view };
  } catch {
    // Its file is not there: the program has another version by now, or is away.
    if (place.peek().path === path) shown.value = 'broken';
  }
}

/** All of the site. */
export function App() {
  const { path } = place.value;
  useEffect(() => void show(path), [path]);
  const found = shown.value;
  if (found === undefined) return null;
  if (found === 'missing' || found === 'broken') {
    return <Shell>{found === 'missing' ? <Missing /> : <Broken />}</Shell>;
  }
  const { page, view: View } = found;
  const params = pageAt(path)?.page === page ? (pageAt(path)?.params ?? {}) : undefined;
  // The next page is not there yet.
  if (params === undefined) return <Shell>{null}</Shell>;
  const content = (
    <Boundary key={path}>
      <View params={params} />
    </Boundary>
  );
  if (page.bare) return content;
  return <Shell>{isClosed(page) ? <LogInFirst page={page} /> : content}</Shell>;
}

/** Nobody is logged in, and the page is for people of the space. */
function isClosed({ name }: PageDefinition): boolean {
  return me.value === 'nobody' && !(name === 'now' && site.value?.publicNow === true);
}

function LogInFirst({ page: { name } }: { readonly page: PageDefinition }) {
  return (
    <Page title={common.value.pages[name]}>
      <LogIn />
    </Page>
  );
}

function Missing() {
  const { notFound } = common.value;
  return (
    <Page title={notFound.title} lead={notFound.why}>
      <p>
        <a href="/">{notFound.back}</a>
      </p>
    </Page>
  );
}

function Broken() {
  const { broken } = common.value;
  return (
    <Page title={broken.title} lead={broken.why}>
      <Button local look="main" onClick={() => location.reload()}>
        {broken.reload}
      </Button>
    </Page>
  );
}

/** A fault in a page takes no other with it: the frame stays. */
class Boundary extends Component<{ readonly children: ComponentChildren }, { readonly failed: boolean }> {
  override state: { readonly failed: boolean } = { failed: false };
  static override getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }
  override render() {
    return this.state.failed ? <Broken /> : this.props.children;
  }
}

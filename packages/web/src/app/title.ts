import { effect, signal } from '@preact/signals';
import { common } from '../words/common.ts';
import { site } from './session.ts';
import { spaceState } from './space-state.ts';

const page = signal('');

/** Names the page in the browser’s tab. */
export function titleOf(title: string): void {
  if (page.peek() !== title) queueMicrotask(() => (page.value = title));
}

/** Keeps `<title>` and the icon as the space is: a mark before the name, and the icon's shape and colour. Once in the life of the page. */
export function startTitle(): void {
  effect(() => {
    const { mark, icon } = spaceState.value;
    const name = common.value.siteName(site.value?.name);
    document.title = `${mark}${page.value === '' ? '' : `${page.value} · `}${name}`;
    document.getElementById('icon')?.setAttribute('href', icon);
  });
}

import { type Built, buildPage } from './build-page.ts';
import { cacheControl, securityHeaders } from './headers.ts';
import { isOfPage } from './paths.ts';

/** The page for a process that serves it itself. */
export interface OpenedPage {
  readonly built: Promise<Built>;
  readonly has: (path: string) => boolean;
  readonly headers: (
    path: string,
    asked: { readonly protocol: string; readonly hostname: string },
  ) => Readonly<Record<string, string>>;
}

/** Begins to build it, in a process of its own, where its sources have changed. */
export function openPage(): OpenedPage {
  const built = buildPage();
  // Whoever asks for the page is told why there is none; all else goes on.
  built.catch(() => undefined);
  return {
    built,
    has: isOfPage,
    headers: (path, asked) => ({ ...securityHeaders(asked), 'cache-control': cacheControl(path) }),
  };
}

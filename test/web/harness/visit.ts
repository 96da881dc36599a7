import type { Visit } from '@huismeester/testkit/browser';
import { onTestFinished } from 'vitest';
import { openBrowser, type VisitDemoOptions } from './open-browser.ts';
import type { Somebody } from './people.ts';

/** A browser at the demo for one test, of somebody who logged in or of nobody: it is closed when that ends, which fails it if anything went wrong in the browser. */
export async function visitAs(who: Somebody | 'nobody', options: VisitDemoOptions = {}): Promise<Visit> {
  const visit = await openBrowser(who, options);
  onTestFinished(() => visit.close());
  return visit;
}

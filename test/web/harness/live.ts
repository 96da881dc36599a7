import type { Page } from '@huismeester/testkit/browser';
import { sharedDemo } from './shared-demo.ts';

interface Hold {
  readonly id: string;
  readonly target: string;
}

/**
 * Puts something on hold by another way than the page, takes that back, and says how long it took until the hold was in all these tabs, ms; they show what
 * is on hold, such as `/settings`. A page that only polls takes 5 s.
 */
export async function seenAfterMs(tabs: readonly Page[], target: string, because: string): Promise<number> {
  const { local } = await sharedDemo();
  const started = performance.now();
  const placed = await local.post('/api/v1/holds', { target, for: '1h', because });
  if (placed !== 201) throw new Error(`the hold was answered ${placed}`);
  await Promise.all(tabs.map((tab) => tab.getByText(because).waitFor()));
  const tookMs = performance.now() - started;
  const { results } = await local.get<{ results: readonly Hold[] }>('/api/v1/holds');
  for (const each of results) if (each.target === target) await local.delete(`/api/v1/holds/${each.id}`);
  await Promise.all(tabs.map((tab) => tab.getByText(because).waitFor({ state: 'detached' })));
  return tookMs;
}

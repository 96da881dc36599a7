import { skipWithout, waitFor } from '@huismeester/testkit';
import type { Page } from '@huismeester/testkit/browser';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cutPower, cutSentence } from './harness/cut.ts';
import { startDemo } from './harness/demo.ts';
import { openDisplay } from './harness/display.ts';
import { show } from './harness/show.ts';
import { visitAs } from './harness/visit.ts';

/* A power cut from its begin to its end, on screens that nobody touches. */

/** VMs of the demo by class, in the order in which they go off; they start in the opposite one. */
const classes = [
  ['docker-lessons', 'game-server', 'wiki-camera'],
  ['mqtt', 'grafana', 'music'],
  ['ldap', 'website'],
] as const;
const stages = ['participant', 'space-wide', 'core'] as const;
const patient = { timeoutMs: 120_000 };

/** A row of the VM list. */
const row = (page: Page, name: string) =>
  page.locator('.vm-rows li').filter({ has: page.getByRole('link', { name, exact: true }) });

const isOff = (page: Page, name: string) => row(page, name).getByText('staat uit').isVisible();

/** When each class is all `off` on the page, or all on again, ms; in the order in which that was seen. */
async function seen(page: Page, off: boolean): Promise<string[]> {
  const order: string[] = [];
  await waitFor(
    off ? 'all are off' : 'all are on again',
    async () => {
      for (const [at, names] of classes.entries()) {
        const stage = stages[at] ?? '';
        const states = await Promise.all(names.map((name) => isOff(page, name)));
        if (!order.includes(stage) && states.every((each) => each === off)) order.push(stage);
      }
      return order.length === classes.length;
    },
    patient,
  );
  return order;
}

/** Counts how often the page was loaded. */
function loadsOf(page: Page): () => number {
  let count = 0;
  page.on('load', () => {
    count += 1;
  });
  return () => count;
}

describe.skipIf(skipWithout('chromium'))('a whole power cut', () => {
  it('turns VMs off on the screen in their order and on again, and nobody reloads', async () => {
    const demo = await startDemo();
    onTestFinished(() => demo.close());
    const [mira, daan, wall] = await Promise.all([
      visitAs('mira', { demo }),
      visitAs('daan', { demo, size: 'phone' }),
      openDisplay('hall', demo),
    ]);
    const [list, now] = [mira.page, daan.page];
    await Promise.all([show(list, '/vms'), show(now, '/')]);
    await waitFor('all VMs are on the page', async () => (await row(list, 'ldap').count()) === 1, patient);
    const loads = [list, now, wall].map(loadsOf);

    const { end } = await cutPower(demo.local);
    const said = [now, wall].map((page) => page.locator('main').getByText(cutSentence).first());
    await Promise.all(said.map((each) => each.waitFor()));
    await list.getByRole('alert').getByText(cutSentence).waitFor();
    expect(await seen(list, true)).toEqual(stages);
    expect(await row(list, 'ldap').getByText('staat uit').isVisible()).toBe(true);

    await Promise.all([end(), seen(list, false).then((order) => expect(order).toEqual(stages.toReversed()))]);
    await Promise.all(said.map((each) => each.waitFor({ state: 'detached' })));
    expect(await list.getByRole('alert').count()).toBe(0);
    expect(loads.map((count) => count())).toEqual([0, 0, 0]);
  });
});

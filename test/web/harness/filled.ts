import { waitFor } from '@huismeester/testkit';
import type { LocalApi } from '../../spaces/e2e/local-api.ts';

interface List {
  readonly results: readonly { readonly state?: string }[];
}

const busy = { timeoutMs: 120_000, everyMs: 200 };

/**
 * Waits for what the demo does after its start: people apply and vote, VMs are given away, the register is filled. If there was no power cut yet, a short one
 * gives it decisions, events and a history of its UPS meanwhile.
 */
export async function fill(local: LocalApi): Promise<void> {
  if (!(await hasDecision(local))) {
    await local.post('/api/v1/demo/power-cut', {});
    await decided(local);
    await local.post('/api/v1/demo/mains-back', {});
  }
  await peopled(local);
  await waitFor('the cut is over', () => isCutOver(local), busy);
}

/** Whether all is back after a power cut: VMs are started one after the other. */
export async function isCutOver(local: LocalApi): Promise<boolean> {
  return (await local.get<{ state: string }>('/api/v1/now')).state !== 'cut';
}

/** Waits until people have done what they do at the start. */
export async function peopled(local: LocalApi): Promise<void> {
  await waitFor('people did what they do', () => isPeopled(local), busy);
}

/** Waits until a power cut had VMs asked to go off. */
export async function decided(local: LocalApi): Promise<void> {
  await waitFor('a decision was made', () => hasDecision(local), busy);
}

async function hasDecision(local: LocalApi): Promise<boolean> {
  return (await local.get<List>('/api/v1/decisions?limit=1')).results.length > 0;
}

async function isPeopled(local: LocalApi): Promise<boolean> {
  const applications = await local.get<List>('/api/v1/applications?limit=100');
  const advice = await local.get<List>('/api/v1/advice?limit=100');
  const { offer } = await local.get<{ offer?: object }>('/api/v1/vms/120/owner');
  const { owner } = await local.get<{ owner?: string }>('/api/v1/vms/123/owner');
  return (
    applications.results.some(({ state }) => state === 'proposed') &&
    advice.results.some(({ state }) => state === 'given') &&
    offer !== undefined &&
    owner !== undefined
  );
}

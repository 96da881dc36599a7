import type { LocalApi } from '../../spaces/e2e/local-api.ts';

interface List {
  readonly results: readonly { readonly state?: string }[];
}

/** Waits for what the demo does after its start: people apply and vote, VMs are given away, the register is filled. */
export async function isFilled(local: LocalApi): Promise<boolean> {
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

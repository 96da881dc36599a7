import { waitFor } from '@huismeester/testkit';
import type { LocalApi } from '../../spaces/e2e/local-api.ts';
import { isCutOver } from './filled.ts';

/** What every page says of a power cut. */
export const cutSentence = 'De stroom is uitgevallen';

export interface Cut {
  /** When the power went, by `performance.now()`. */
  readonly since: number;
  /** Gives mains back, and waits until what ran before runs again. */
  end(): Promise<void>;
}

interface Vms {
  readonly results: readonly { readonly name: string; readonly status: string }[];
}

/** Cuts the power of a demo. */
export async function cutPower(local: LocalApi): Promise<Cut> {
  const before = await running(local);
  const since = performance.now();
  await local.post('/api/v1/demo/power-cut', {});
  return {
    since,
    async end() {
      await local.post('/api/v1/demo/mains-back', {});
      const patient = { timeoutMs: 60_000, everyMs: 200 };
      await waitFor('the cut is over', () => isCutOver(local), patient);
      // The last ones still start while the cut is said to be over.
      await waitFor('the VMs run again', async () => runAll(before, await running(local)), patient);
    },
  };
}

const runAll = (names: readonly string[], running: readonly string[]): boolean =>
  names.every((name) => running.includes(name));

/** Names of the VMs that run. */
async function running(local: LocalApi): Promise<string[]> {
  const { results } = await local.get<Vms>('/api/v1/vms?limit=100');
  return results.filter(({ status }) => status === 'running').map(({ name }) => name);
}

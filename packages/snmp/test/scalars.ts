import type { SnmpClient, SnmpValue } from '../src/index.ts';

/** The values of scalars alone, without a table. */
export async function scalarsOf(
  client: SnmpClient,
  scalars: readonly string[],
  signal?: AbortSignal,
): Promise<(SnmpValue | undefined)[]> {
  return (await client.columns([], { scalars, ...(signal && { signal }) })).scalars;
}

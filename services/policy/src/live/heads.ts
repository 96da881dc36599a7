import type { LiveHeads, ServiceName } from '@huismeester/contracts';
import type { Service } from '@huismeester/service';
import type { PassLoop } from '../desired/pass-loop.ts';

/** The heads of all logs as policy knows them, and when it last evaluated the facts. */
export function headsOf(
  {
    log,
    consumers,
    loop,
  }: Pick<Service<never>, 'log' | 'consumers'> & { readonly loop: Pick<PassLoop, 'latest'> },
  version: string,
): LiveHeads {
  const heads: Partial<Record<ServiceName, number>> = { policy: log.head() };
  for (const consumer of consumers()) {
    const { source, head } = consumer.status();
    const name = source as ServiceName;
    heads[name] = Math.max(heads[name] ?? 0, head);
  }
  const evaluated = loop.latest()?.now;
  return {
    version,
    heads,
    ...(evaluated !== undefined && { evaluated: new Date(evaluated).toISOString() }),
  };
}

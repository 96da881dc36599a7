import type { AdviceResource } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { type Consumer, createConsumer, localSource, withoutWakes } from '@huismeester/events';
import { type Service, takeSnapshot } from '@huismeester/service';
import { advice, violation } from '../../schema.ts';
import { adviceResource } from '../advice/resource.ts';
import { collecting, lookEveryMs, ownReader } from './readers.ts';

type Own = Pick<Service<'site'>, 'database' | 'log' | 'tables' | 'clock' | 'logger'>;

/** The reader of policy’s own log: as of the others it keeps what reports are made of, since logs are pruned. */
export function ownReports({ database, log, tables, clock, logger }: Own, zone: string): Consumer {
  const snapshot = () => takeSnapshot({ database, log, tables }, entitiesOf);
  return createConsumer({
    database,
    tables,
    source: withoutWakes(localSource(log, snapshot)),
    reader: ownReader,
    lookEveryMs,
    ...collecting('policy', { clock, zone }),
    clock,
    logger,
  });
}

/** Violations that are open, and advice, as they stand. */
async function entitiesOf(tx: Tx) {
  const [violations, advised] = [await tx.select().from(violation), await tx.select().from(advice)];
  return [
    ...violations.map(({ id, found, since, accepted }) => ({
      subject: `violation/${id}`,
      state: {
        kind: found.kind,
        clause: found.clause,
        severity: found.severity,
        about: found.subject,
        since: since.toISOString(),
        ...(accepted && {
          accepted: {
            by: accepted.by,
            because: accepted.because,
            since: new Date(accepted.since).toISOString(),
            until: new Date(accepted.until).toISOString(),
          },
        }),
      },
    })),
    ...advised.map(({ id, version: _, ...state }): { subject: string; state: AdviceResource } => ({
      subject: `advice/${id}`,
      state: adviceResource(id, state),
    })),
  ];
}

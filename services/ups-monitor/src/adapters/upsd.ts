import type { UpsSettings } from '@huismeester/contracts';
import {
  createNutClient,
  type NutClient,
  NutConnectionError,
  NutError,
  parseIdentity,
  parseReadings,
  parseStatus,
} from '@huismeester/nut';
import { known } from '../core/known.ts';
import type { Trouble, Variables } from '../core/observation.ts';
import { type UpsReader, UpsTrouble } from '../ports.ts';

/** Two failed looks at an upsd that never answers must fit into little more than the 3 s after which it counts as lost. */
const timeoutMs = 2000;

export interface Upsds {
  reader(settings: UpsSettings): UpsReader;
  close(): Promise<void>;
}

/**
 * Readers for UPSes, with one connection for all that are at the same upsd under the same name and password. They never send
 * LOGIN: that means "I draw power from this UPS", and upsd's primary would wait for us at the end.
 */
export function connectUpsds(): Upsds {
  const clients = new Map<string, NutClient>();
  const clientOf = ({ name: _, ...upsd }: UpsSettings['upsd']): NutClient => {
    const key = JSON.stringify([upsd.host, upsd.port, upsd.username, upsd.password, upsd.tls, upsd.ca]);
    const client =
      clients.get(key) ??
      createNutClient({ ...upsd, connectTimeoutMs: timeoutMs, requestTimeoutMs: timeoutMs });
    clients.set(key, client);
    return client;
  };
  return {
    reader: ({ upsd }) => readerOf(clientOf(upsd), upsd.name),
    close: async () => {
      await Promise.all([...clients.values()].map((client) => client.close()));
    },
  };
}

function readerOf(client: NutClient, name: string): UpsReader {
  return {
    status: () => asking(name, async () => parseStatus(await statusOf(client, name))),
    variables: () =>
      asking(name, async () => {
        const variables = await client.listVars(name);
        const { manufacturer, model } = parseIdentity(variables);
        const { temperature_c: _, ...readings } = parseReadings(variables);
        const testResult = variables['ups.test.result'];
        return {
          ...readings,
          ...known({ manufacturer, model, testResult, transfer: transferOf(variables) }),
        };
      }),
  };
}

/** Some drivers know no status at all: that is as good as an empty one, and the numbers beside it can still be read. */
async function statusOf(client: NutClient, name: string): Promise<string> {
  try {
    return await client.getVar(name, 'ups.status');
  } catch (error) {
    if (error instanceof NutError && error.code === 'VAR-NOT-SUPPORTED') return '';
    throw error;
  }
}

/** The two together, and only if they can be: drivers that do not know them have 0. */
function transferOf(variables: Readonly<Record<string, string>>): Variables['transfer'] {
  const [low_v, high_v] = ['low', 'high'].map((side) =>
    Number(variables[`input.transfer.${side}`] ?? 'none'),
  );
  return low_v && high_v && low_v > 0 && high_v > low_v ? { low_v, high_v } : undefined;
}

async function asking<T>(name: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    const code = troubleOf(cause);
    throw new UpsTrouble(code, `UPS "${name}" cannot be read: ${code}`, { cause });
  }
}

/** A peer that answers, but not our question (no such UPS, no TLS, no NUT at all), refuses us. */
function troubleOf(error: unknown): Trouble {
  if (error instanceof NutConnectionError) return 'unreachable';
  if (!(error instanceof NutError)) return 'refused';
  if (error.code === 'DATA-STALE') return 'stale';
  return error.code === 'DRIVER-NOT-CONNECTED' ? 'driver-gone' : 'refused';
}

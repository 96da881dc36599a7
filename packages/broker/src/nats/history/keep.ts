import { createLoop, type Logger } from '@huismeester/clock';
import type { NatsConnection } from '@nats-io/transport-node';
import { firstTime } from '../../first-time.ts';
import { type HistorySettings, lookOver } from './look.ts';
import { connectNats } from './server.ts';
import type { Advice } from './stream.ts';

export interface HistoryOptions extends HistorySettings {
  readonly logger: Logger;
  /** How often to look again, in ms, when all is well (60 s) and when it is not (5 s). */
  readonly everyMs?: { readonly well: number; readonly ill: number };
}

/** The stream that keeps public events for others: it is made where it is missing, and looked at; never changed. */
export interface History {
  /** Why public events may not be kept, and what to change, for people; undefined when all is well. */
  trouble(): string | undefined;
  /** What of the server is unsafe although it works. */
  warning(): string | undefined;
  close(): Promise<void>;
}

/** Returns at once; the server may come later, and may come and go. */
export function keepHistory(options: HistoryOptions): History {
  const { logger, everyMs = { well: 60_000, ill: 5_000 } } = options;
  const isNews = firstTime();
  let connection: NatsConnection | undefined;
  let trouble: string | undefined = 'not connected';
  let warning: string | undefined;

  const look = async (): Promise<void> => {
    connection ??= await connectNats(options, 'huismeester', true);
    const { stream, server } = await lookOver(connection, options, true);
    trouble = inWords(stream);
    warning = inWords(server);
  };
  const loop = createLoop({
    everyMs: everyMs.well,
    pass: async () => {
      await look().catch((error: unknown) => {
        trouble = error instanceof Error ? error.message : String(error);
      });
      for (const reason of [trouble, warning]) {
        if (reason !== undefined && isNews(reason))
          logger.warn({ reason }, 'history of public events: not as wanted');
      }
      return trouble === undefined ? everyMs.well : everyMs.ill;
    },
    onError: (error) => logger.error({ err: error }, 'history of public events: not looked at'),
  });
  loop.start();
  return {
    trouble: () => trouble,
    warning: () => warning,
    async close() {
      const closed = loop.close();
      // What waits for an answer ends with the connection.
      await connection?.close();
      await closed;
      await connection?.close();
    },
  };
}

function inWords(advice: readonly Advice[]): string | undefined {
  return advice.map(({ problem, remedy }) => `${problem}; to do: ${remedy}`).join('. ') || undefined;
}

import type { Logger } from '@huismeester/clock';
import type { Database } from './database.ts';
import { openEmbedded } from './embedded.ts';
import { openPostgres } from './postgres.ts';

/** Where the database is; the `database` part of the settings fits. */
export type DatabaseSettings = { readonly url: string } | { readonly embedded: { readonly dir: string } };

/**
 * Opens the database that the settings name: a PostgreSQL, with at most `max` connections (10), of which one that says
 * nothing for `silentMs` (30 s) is given up, or PGlite in a directory. Throws {@link DatabaseUnavailable} or {@link DatabaseRefused}; of a directory {@link DatabaseLocked} or {@link EmbeddedDirectoryError}.
 */
export function openDatabase(
  settings: DatabaseSettings,
  options: { logger?: Logger | undefined; max?: number | undefined; silentMs?: number | undefined } = {},
): Promise<Database> {
  return 'url' in settings
    ? openPostgres(settings.url, options)
    : openEmbedded(settings.embedded.dir, options);
}

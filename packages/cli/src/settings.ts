import type { SpaceSettings } from '@huismeester/contracts';
import { NotFine } from './errors.ts';
import type { Shell } from './shell.ts';

/**
 * The settings in a file, for configuration that is made from them: their secrets are not used, and may be missing. Throws
 * a {@link NotFine} with every problem of theirs.
 */
export async function settingsIn(file: string, shell: Pick<Shell, 'env'>): Promise<SpaceSettings> {
  // Loaded here alone: most commands only ask, and start quicker without.
  const { everySecret, loadSettings, SettingsError } = await import('@huismeester/service');
  return await loadSettings(file, { ...shell.env }, everySecret).catch((error: unknown) => {
    if (error instanceof SettingsError) throw new NotFine(error.message, { cause: error });
    throw error;
  });
}

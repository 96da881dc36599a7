import type { SpaceSettings } from '@huismeester/contracts';
import { NotFine } from './errors.ts';
import type { Shell } from './shell.ts';

/** The settings in a file, for what is made from them. Throws a {@link NotFine} with every problem of theirs. */
export async function settingsIn(file: string, shell: Pick<Shell, 'env'>): Promise<SpaceSettings> {
  // Loaded here alone: most commands only ask, and start quicker without.
  const { loadSettings, SettingsError } = await import('@huismeester/service');
  return await loadSettings(file, { ...shell.env }).catch((error: unknown) => {
    if (error instanceof SettingsError) throw new NotFine(error.message, { cause: error });
    throw error;
  });
}

import type { DirectorySettings } from '@huismeester/contracts';
import type { Directory } from './directory.ts';

/** The directory that the settings name; nothing is connected before it is asked. */
export function openDirectory(settings: DirectorySettings): Directory {
  throw new Error(`not built yet: ${Object.keys(settings).join()}`);
}

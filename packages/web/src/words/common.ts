import type { Words } from './en.ts';
import { dictionary } from './language.ts';

/** Texts of the frame and of the parts; there before anything is shown. */
export const common = dictionary<Words>({
  nl: async () => ({ default: (await import('./first-nl.ts')).common }),
  en: async () => ({ default: (await import('./first-en.ts')).common }),
});

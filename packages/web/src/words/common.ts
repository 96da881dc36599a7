import type { Words } from './en.ts';
import { firstIn } from './first.ts';
import { dictionary } from './language.ts';

/** Texts of the frame and of the parts; there before anything is shown. */
export const common = dictionary<Words>({
  nl: () => import('./first-nl.ts').then(() => ({ default: firstIn('nl').common })),
  en: () => import('./first-en.ts').then(() => ({ default: firstIn('en').common })),
});

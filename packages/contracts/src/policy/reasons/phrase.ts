import type { Static } from 'typebox';
import { decimal } from '../../wording.ts';
import type { Language } from '../../words.ts';
import type { Reason } from './reason.ts';

/** What one reason says in each language; the values that stand beside its code are what the phrase uses. */
export type Phrases = Readonly<
  Record<string, { readonly [L in Static<typeof Language>]: (reason: Reason) => string }>
>;

export const s = (value: number | undefined): string => `${decimal(value ?? 0, 'en')} s`;
export const pct = (value: number | undefined): string => `${decimal(value ?? 0, 'en')} %`;
export const seconden = (value: number | undefined): string => `${decimal(value ?? 0, 'nl')} s`;
export const procent = (value: number | undefined): string => `${decimal(value ?? 0, 'nl')} %`;

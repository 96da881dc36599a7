import type { VmClass } from '@huismeester/contracts';
import type { Static } from 'typebox';

export type Class = Static<typeof VmClass>;
export const classes: readonly Class[] = ['participant', 'space-wide', 'core'];

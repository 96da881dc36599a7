import type { ThingState } from '@huismeester/contracts';
import type { Style } from '../output.ts';

export const stateStyles: { readonly [state in ThingState]: Style } = {
  up: 'green',
  down: 'red',
  unknown: 'yellow',
};

interface StateAndWhy {
  readonly state: ThingState;
  readonly because?: string;
  readonly reason?: string;
  readonly detail?: string;
  readonly flapping: boolean;
}

/** Why a thing is in its state, in a few words. */
export function whyOf({ because, reason, detail, flapping }: StateAndWhy): string {
  const why = because === undefined ? listed(reason, detail) : `because of ${because}`;
  return listed(why, flapping ? 'flapping' : undefined);
}

/** What there is of these, with commas. */
export function listed(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(', ');
}

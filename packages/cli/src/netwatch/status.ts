import type { ThingState } from '@huismeester/contracts';
import type { Style } from '../output.ts';

export const stateStyles: { readonly [state in ThingState]: Style } = {
  up: 'green',
  down: 'red',
  unknown: 'yellow',
};

interface Status {
  readonly state: ThingState;
  readonly because?: string;
  readonly reason?: string;
  readonly detail?: string;
  readonly flapping: boolean;
}

/** Why a thing is in its state, in a few words. */
export function whyOf({ because, reason, detail, flapping }: Status): string {
  const parts = [
    because === undefined ? reason : `because of ${because}`,
    because === undefined ? detail : undefined,
    flapping ? 'flapping' : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

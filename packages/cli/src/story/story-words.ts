import type { Decision, Hold, Vm } from '@huismeester/contracts';

/** What stands around the sentences of a story, in one language. */
export interface StoryWords {
  /** The VM as it is now. */
  readonly known: (vm: Pick<Vm, 'id' | 'name' | 'class' | 'node' | 'status'>) => string;
  readonly unlisted: (id: string) => string;
  readonly held: (hold: Pick<Hold, 'by' | 'because'> & { readonly until: string }) => string;
  readonly nothingDecided: string;
  readonly earlier: string;
  readonly verdict: { readonly [state in Decision['state']]: string };
  readonly stage: (stage: NonNullable<Decision['stage']>) => string;
  readonly enforced: string;
  readonly dryRun: string;
  readonly validUntil: (until: string) => string;
  readonly because: string;
  readonly after: string;
  readonly notFound: (id: string) => string;
  readonly nothingYet: string;
  readonly nothingNeeded: string;
}

import type { Tx } from '@huismeester/database';
import type { SeenThing, ThingNeed, Vertex } from './core/things.ts';

/** Where rows are read from: a transaction, or the database outside of one. */
export type Reader = Pick<Tx, 'select'>;

/** What is known of the things of other services. A thing that is not there was not seen, or is not ours (PRIV-2). */
export interface Outside {
  things(tx: Reader): Promise<ReadonlyMap<Vertex, SeenThing>>;
  needs(tx: Reader): Promise<readonly ThingNeed[]>;
}

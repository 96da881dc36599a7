import type { EventData, EventType } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import type { NewEvent } from '@huismeester/events';
import type { Composed } from './compose.ts';
import type { NoticeRow } from './due.ts';

/** Why a notice is not tried any more. */
export type Failure = Pick<EventData<'notice.failed'>, 'because' | 'code'>;

/** Notices of a kind that bring a letter of their own: it goes out whatever a person has chosen, and on holiday too. */
export interface Letters {
  /** The message; `not-now`: it cannot be put together yet; undefined: there is nothing to send any more. */
  write(row: NoticeRow): Promise<Composed | 'not-now' | undefined>;
  /**
   * One is over: it went (`failure` undefined), or is not tried any more. Within the transaction that records it; answers the events that are said of
   * it instead of those of other notices.
   */
  ended(
    tx: Tx,
    row: NoticeRow,
    { failure, now }: { readonly failure: Failure | undefined; readonly now: Date },
  ): Promise<readonly NewEvent<EventType>[]>;
}

/** By the kind of their notices. */
export type LettersByKind = ReadonlyMap<string, Letters>;

import { type Refusal, refuse } from '@huismeester/events';
import { type Service, Unanswered } from '@huismeester/service';

/**
 * Why a person may not renew what is theirs: who has left, or is disabled, is responsible for nothing any more, and the team decides about it
 * (PART-3). Asked beforehand, outside of the transaction. While the directory is unknown, or there is none, nothing follows from that.
 */
export async function goneOwner(
  { ask }: Pick<Service<never>, 'ask'>,
  person: string,
): Promise<Refusal | undefined> {
  try {
    const answer = await ask('membership', 'contact', { person });
    if (answer.state === 'unknown' || (answer.state === 'known' && answer.enabled)) return undefined;
  } catch (error) {
    if (error instanceof Unanswered) return undefined;
    throw error;
  }
  return refuse(
    'owner-gone',
    'The owner of this VM has no account any more, or it is disabled: the infrateam renews its lease, or gives it another owner',
    { clause: 'PART-3', errors: [{ field: 'person', found: person, allowed: 'a member of the infrateam' }] },
  );
}

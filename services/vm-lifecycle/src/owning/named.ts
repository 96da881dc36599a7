import { PersonId } from '@huismeester/contracts';
import { type Refusal, refuse } from '@huismeester/events';
import { type Service, Unanswered } from '@huismeester/service';
import { Value } from 'typebox/value';

/**
 * The id of the person whom somebody named, by login name or by id; only that is stored (PRIV-1). Asked beforehand, outside of the transaction. Whom the
 * directory does not have, or has disabled, could never accept what is offered. While the directory is unknown, or there is none, an id counts as it is.
 */
export async function personNamed(
  { ask }: Pick<Service<never>, 'ask'>,
  typed: string,
): Promise<string | Refusal> {
  const name = typed.trim();
  const isId = Value.Check(PersonId, name);
  const found = await answerTo(() => (isId ? byId(ask, name.toLowerCase()) : byLogin(ask, name)));
  switch (found.state) {
    case 'known':
      return found.enabled ? found.person : disabled(name);
    case 'nobody':
      return nobody(name);
    case 'unknown':
      return isId ? name.toLowerCase() : notKnownNow(name);
  }
}

type Ask = Service<never>['ask'];
type Found =
  | { readonly state: 'known'; readonly person: string; readonly enabled: boolean }
  | { readonly state: 'nobody' | 'unknown' };

async function byId(ask: Ask, person: string): Promise<Found> {
  const answer = await ask('membership', 'contact', { person });
  if (answer.state === 'known') return { state: 'known', person, enabled: answer.enabled };
  return { state: answer.state === 'gone' ? 'nobody' : 'unknown' };
}

function byLogin(ask: Ask, login: string): Promise<Found> {
  return ask('membership', 'named', { login });
}

async function answerTo(question: () => Promise<Found>): Promise<Found> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof Unanswered) return { state: 'unknown' };
    throw error;
  }
}

const allowed =
  'the login name of somebody in the directory, or the id that `huismeester whoami` shows to them';

function nobody(found: string): Refusal {
  return refuse('no-such-person', 'The directory has nobody of this name', {
    clause: 'PART-3',
    errors: [{ field: 'body.person', found, allowed }],
  });
}

function disabled(found: string): Refusal {
  return refuse('account-disabled', 'The account of this person is disabled, so that they cannot accept it', {
    clause: 'PART-3',
    errors: [{ field: 'body.person', found, allowed: 'somebody who can log in' }],
  });
}

function notKnownNow(found: string): Refusal {
  return refuse('people-unknown', 'Who has which login name is not known now, since the directory is not', {
    clause: 'PART-3',
    errors: [{ field: 'body.person', found, allowed: 'the id of a person, or the same again later' }],
  });
}

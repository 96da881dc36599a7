import { PersonId } from '@huismeester/contracts';
import { type Refusal, refuse } from '@huismeester/events';
import { Value } from 'typebox/value';
import type { AskService } from './asking.ts';
import { Unanswered } from './unanswered.ts';

/**
 * The id of the person whom somebody named, by login name or by id; only that is stored (PRIV-1). Asked beforehand, outside of the transaction. Whom the
 * directory does not have, or has disabled, is refused by `clause`. While the directory is unknown, or there is none, an id counts as it is. The field that
 * it stands in is `body.person`.
 */
export async function personNamed(
  { ask }: { readonly ask: AskService },
  typed: string,
  clause: string,
): Promise<string | Refusal> {
  const name = typed.trim();
  const isId = Value.Check(PersonId, name);
  const found = await answerTo(() => (isId ? byId(ask, name.toLowerCase()) : byLogin(ask, name)));
  switch (found.state) {
    case 'known':
      return found.enabled ? found.person : disabled(name, clause);
    case 'nobody':
      return nobody(name, clause);
    case 'unknown':
      return isId ? name.toLowerCase() : notKnownNow(name, clause);
  }
}

type Found =
  | { readonly state: 'known'; readonly person: string; readonly enabled: boolean }
  | { readonly state: 'nobody' | 'unknown' };

async function byId(ask: AskService, person: string): Promise<Found> {
  const answer = await ask('membership', 'contact', { person });
  if (answer.state === 'known') return { state: 'known', person, enabled: answer.enabled };
  return { state: answer.state === 'gone' ? 'nobody' : 'unknown' };
}

function byLogin(ask: AskService, login: string): Promise<Found> {
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

function nobody(found: string, clause: string): Refusal {
  return refuse('no-such-person', 'The directory has nobody of this name', {
    clause,
    errors: [{ field: 'body.person', found, allowed }],
  });
}

function disabled(found: string, clause: string): Refusal {
  return refuse('account-disabled', 'The account of this person is disabled', {
    clause,
    errors: [{ field: 'body.person', found, allowed: 'somebody who can log in' }],
  });
}

function notKnownNow(found: string, clause: string): Refusal {
  return refuse('people-unknown', 'Who has which login name is not known now, since the directory is not', {
    clause,
    errors: [{ field: 'body.person', found, allowed: 'the id of a person, or the same again later' }],
  });
}

import type { ContactAnswer, ReportData } from '@huismeester/contracts';
import { type AskService, Unanswered } from '@huismeester/service';
import { peopleIn } from './core/people.ts';

/** So many are asked at once. */
const atOnce = 10;

const goneName = 'iemand die geen deelnemer meer is';
const unknownName = 'iemand (naam nu niet bekend)';

/** What people are called now. */
export interface Names {
  readonly of: (id: string) => string;
  /** Whether everybody could be asked for; the others have no name now, and may have one later. */
  readonly areAll: boolean;
}

/**
 * What the people of a report are called now: it is asked of membership when the report is shown, and kept nowhere (PRIV-1). Nobody waits for a name: once membership does
 * not answer the rest is not asked for.
 */
export async function namesOfPeople(ask: AskService, data: ReportData): Promise<Names> {
  const people = peopleIn(data);
  const names = new Map<string, string>();
  for (let at = 0; at < people.length; at += atOnce) {
    const some = people.slice(at, at + atOnce);
    const answers = await Promise.all(some.map((person) => asked(ask, person)));
    for (const [index, answer] of answers.entries()) {
      const name = answer && nameIn(answer);
      if (name !== undefined) names.set(some[index] ?? '', name);
    }
    if (answers.includes(undefined)) break;
  }
  return { of: (id) => names.get(id) ?? unknownName, areAll: people.every((id) => names.has(id)) };
}

async function asked(ask: AskService, person: string): Promise<ContactAnswer | undefined> {
  try {
    return await ask('membership', 'contact', { person });
  } catch (error) {
    if (error instanceof Unanswered) return undefined;
    throw error;
  }
}

/** Undefined: the directory is not known now. */
function nameIn(answer: ContactAnswer): string | undefined {
  if (answer.state === 'gone') return goneName;
  return answer.state === 'known' ? (answer.name ?? unknownName) : undefined;
}

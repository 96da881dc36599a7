import { AccountResource, ApplicationResource } from '@huismeester/contracts';
import type { Api } from '../api.ts';
import { answerOf } from '../served.ts';
import { uidsById } from './uids.ts';

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const person = new RegExp(`\\bperson/(${uuid})\\b`, 'g');
const application = new RegExp(`\\bapplication/(${uuid})\\b`, 'g');
const account = /\baccount\/([a-z0-9-]+-[0-9a-f]{12})\b/g;

/**
 * What puts names where texts have ids of people, accounts and applications: `person lisa`, `account backup@pve`, `application of lisa`. Each is asked
 * for only where a text has one; who may not see it, and what has no name now, keeps the id.
 */
export async function withNames(api: Api, texts: readonly string[]): Promise<(text: string) => string> {
  const has = (pattern: RegExp) => texts.some((text) => text.search(pattern) >= 0);
  const none: ReadonlyMap<string, string> = new Map();
  const [applicants, accounts] = await Promise.all([
    has(application) ? applicantsById(api) : none,
    has(account) ? accountNames(api) : none,
  ]);
  const uids = has(person) || applicants.size > 0 ? await uidsById(api) : none;
  const put = (text: string, pattern: RegExp, kind: string, names: (id: string) => string | undefined) =>
    text.replaceAll(pattern, (whole, id: string) => {
      const name = names(id);
      return name === undefined ? whole : `${kind} ${name}`;
    });
  return (text) => {
    const withPeople = put(text, person, 'person', (id) => uids.get(id));
    const withAccounts = put(withPeople, account, 'account', (id) => accounts.get(id));
    return put(withAccounts, application, 'application of', (id) => uids.get(applicants.get(id) ?? ''));
  };
}

/** What accounts with admin rights are called, by id; without those of which no read since the start has the name. */
export async function accountNames(api: Api): Promise<Map<string, string>> {
  const answer = await answerOf(api.list('/api/v1/access', AccountResource));
  const all = 'value' in answer ? answer.value : [];
  return new Map(all.flatMap(({ id, name }) => (name === undefined ? [] : [[id, name]])));
}

/** Who applied, by the id of the application. */
async function applicantsById(api: Api): Promise<Map<string, string>> {
  const answer = await answerOf(api.list('/api/v1/applications', ApplicationResource));
  const all = 'value' in answer ? answer.value : [];
  return new Map(all.map((each) => [each.id, each.person]));
}

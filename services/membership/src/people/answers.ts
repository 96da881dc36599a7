import type { AnswersOf } from '@huismeester/contracts';
import { normalUid } from '@huismeester/directory';
import { parseSshKey } from '@huismeester/directory/ssh-key';
import type { Inside, Membership } from '../inside.ts';
import type { Shown } from './memory.ts';
import { chosenBy } from './preferences.ts';

/** What membership answers when other services ask of people: by the last complete read, and only while the directory is known. */
export function answersOf(
  { database, settings }: Membership,
  { memory, reviewed }: Inside,
): AnswersOf<'membership'> {
  // Who is missing from a read that was not complete is not gone.
  const isKnown = () => memory.latest() !== undefined && memory.trouble === undefined;
  return {
    async contact({ person }) {
      if (!isKnown()) return { state: 'unknown' };
      const shown = memory.shown(person);
      if (shown === undefined) return { state: 'gone' };
      const { language = settings.site.language, holiday, notices } = await chosenBy(database.orm, person);
      return {
        state: 'known',
        ...(shown.name !== undefined && { name: shown.name }),
        enabled: shown.enabled,
        mail: [...shown.mails],
        language,
        ...(holiday && { holiday }),
        ...(notices && { notices }),
      };
    },
    named({ login }) {
      if (!isKnown()) return { state: 'unknown' };
      const person = memory.personOf(login);
      const shown = person === undefined ? undefined : memory.shown(person);
      if (person === undefined || shown === undefined) return { state: 'nobody' };
      // People may write their own address into the directory, and so stand for others who have none there.
      if (login.includes('@') && normalUid(shown.uid) !== normalUid(login)) return { state: 'nobody' };
      return { state: 'known', person, enabled: shown.enabled };
    },
    accounts: ({ accounts }) => ({
      names: accounts.flatMap((account) => {
        const named = reviewed.names.of(account);
        return named === undefined ? [] : [{ account, name: named.name }];
      }),
    }),
    async 'ssh-keys'({ person }) {
      if (!isKnown()) return { state: 'unknown' };
      const shown = memory.shown(person);
      // Who has left logs in nowhere, whatever was chosen once.
      if (shown === undefined) return { state: 'known', keys: [] };
      const own = usableKeys(shown);
      if (own.length > 0) return { state: 'known', keys: own };
      const { sshKeys = [] } = await chosenBy(database.orm, person);
      return { state: 'known', keys: [...sshKeys] };
    },
  };
}

/** Those of the directory that Proxmox would take; what else stands there is no key of ours to give. */
function usableKeys({ sshKeys }: Shown): string[] {
  return sshKeys.flatMap((line) => {
    const parsed = parseSshKey(line);
    return 'key' in parsed ? [parsed.key] : [];
  });
}

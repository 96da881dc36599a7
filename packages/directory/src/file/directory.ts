import type { GroupName } from '@huismeester/contracts';
import { type Directory, type DirectoryPerson, type GroupRead, normalUid } from '../directory.ts';
import { loginsAmong, type Names } from '../logins.ts';
import { isUsable } from '../usable.ts';
import { type FileDocument, type FilePerson, readDocument } from './document.ts';
import { isPassword } from './password.ts';
import { readQuiet } from './read-quiet.ts';

/** People of a YAML file, which is read anew each time. */
export function fileDirectory(file: string): Directory {
  const open = async (signal: AbortSignal) => readDocument(await readQuiet(file, signal), file);
  return {
    kind: 'file',
    async read(signal) {
      const { people, groups } = await open(signal);
      const byUid = new Map(people.map(({ id, uid }) => [normalUid(uid), id.toLowerCase()]));
      const everybody: GroupRead = {
        state: 'known',
        members: new Map([...byUid.values()].map((id) => [id, []])),
        byUid: new Set(),
        dangling: [],
      };
      const group = (name: GroupName) => groupRead(groups[name], byUid);
      return {
        people: people.map(personAmong(people)),
        groups: {
          participants: groups.participants ? group('participants') : everybody,
          team: group('team'),
          trial: group('trial'),
          board: group('board'),
        },
        admins: groups.admins ? [{ name: 'admins', read: groupRead(groups.admins, byUid) }] : [],
        skipped: 0,
      };
    },
    async logIn(login, password, signal) {
      if (!isUsable(login.trim()) || !isUsable(password)) return undefined;
      const { people } = await open(signal);
      const found = withLogin(people, login);
      const others = people.find((each) => each.password !== undefined)?.password;
      const isTheirs = await isPassword(password, found?.password, others);
      signal.throwIfAborted();
      return found && isTheirs && found.disabled !== true ? personAmong(people)(found) : undefined;
    },
    async instructionsFor({ group, change, person }, signal) {
      const { people, groups } = await open(signal);
      const found = people.find(({ id }) => id.toLowerCase() === person);
      if (!found || !groups[group]) return undefined;
      return change === 'add'
        ? `In ${file}, add ${JSON.stringify(found.uid)} to the list groups.${group}`
        : `In ${file}, remove ${JSON.stringify(found.uid)} from the list groups.${group}`;
    },
  };
}

/** The person with this uid, or else the only one with this mail address. */
function withLogin(people: FileDocument['people'], login: string): FilePerson | undefined {
  const wanted = normalUid(login);
  const loginsOf = loginsAmong(people.map(namesOf));
  return people.find((each) => loginsOf(namesOf(each)).includes(wanted));
}

function groupRead(uids: readonly string[] | undefined, byUid: ReadonlyMap<string, string>): GroupRead {
  if (!uids) return { state: 'not-set-up' };
  const members = new Map<string, readonly string[]>();
  const dangling: string[] = [];
  for (const uid of uids) {
    const id = byUid.get(normalUid(uid));
    if (id === undefined) dangling.push(uid);
    else members.set(id, []);
  }
  // Ids and uids stand in the same file: nobody else comes to have a uid unnoticed.
  return { state: 'known', members, byUid: new Set(), dangling, strangers: dangling };
}

function namesOf({ uid, mail = [] }: FilePerson): Names {
  return { uids: [normalUid(uid)], mails: [mail].flat().map(normalUid) };
}

function personAmong(people: FileDocument['people']): (person: FilePerson) => DirectoryPerson {
  const loginsOf = loginsAmong(people.map(namesOf));
  return (person) => personOf(person, loginsOf(namesOf(person)));
}

function personOf(
  { id, uid, name, mail = [], disabled = false, sshKeys = [] }: FilePerson,
  logins: readonly string[],
): DirectoryPerson {
  return {
    id: id.toLowerCase(),
    uid,
    ...(name !== undefined && { name }),
    mails: [mail].flat(),
    logins,
    enabled: !disabled,
    sshKeys: [sshKeys].flat(),
  };
}

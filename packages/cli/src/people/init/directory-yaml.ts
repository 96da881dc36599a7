import type { GroupName } from '@huismeester/contracts';
import type { Explored } from '@huismeester/directory';
import { command } from '../../init/steps.ts';
import { commentedOut, commentText, indented, yamlText } from '../../init/yaml-text.ts';

/** A directory to look at, and how the settings refer to what is secret in it. */
export interface Place {
  readonly url: string;
  readonly startTls: boolean;
  readonly ca?: { readonly path: string; readonly text: string };
  readonly base?: string;
  readonly login?: {
    readonly bindDn: string;
    readonly password: string;
    /** Where the settings have it from. */
    readonly file: string;
    /** Whether that file is there already. */
    readonly isThere: boolean;
  };
}

export const passwordFile = 'secrets/ldap-password';
const keyFile = 'secrets/key';

/** Without a directory nobody can log in, and all else works. */
export const noDirectoryYaml: readonly string[] = [
  '# People, who log in and have roles, are those of a directory.',
  ...commentedOut([
    `directory: { ldap: … } # \`${command} init --ldap ldaps://HOST\` proposes it; or { file: directory.yaml }`,
    `secrets: { key: { file: ${keyFile} } }`,
  ]),
];

/** `directory:` and `secrets:` as commented YAML. It holds no secret: each is a file. */
export function directoryYaml(place: Place, found: Explored): string[] {
  return [
    '# People and what they may: from this directory. Look each line through; what could not be found out is commented.',
    'directory:',
    '  ldap:',
    ...indented(4, [
      ...placeLines(place),
      ...peopleLines(found),
      ...attributeLines(found),
      ...groupLines(found),
    ]),
    '  # writes: groups # lets Huismeester bring the groups of team and trial in line with the register by itself',
    ...found.problems.map((problem) => `  # To look at: ${commentText(problem)}`),
    '',
    '# uids are kept hashed with this key.',
    'secrets:',
    `  key: { file: ${keyFile} }`,
  ];
}

function placeLines({ url, startTls, ca, login }: Place): string[] {
  return [
    `urls: [${yamlText(url)}] # more than one, if there are: the next is tried when one does not answer`,
    ...(startTls ? ['startTls: true'] : []),
    ...(ca === undefined ? [] : [`ca: { file: ${yamlText(ca.path)} }`]),
    ...(login === undefined
      ? [
          '# bindDn: cn=huismeester,dc=space # as whom to read; now as nobody',
          `# bindPassword: { file: ${passwordFile} }`,
        ]
      : [`bindDn: ${yamlText(login.bindDn)}`, `bindPassword: { file: ${yamlText(login.file)} }`]),
  ];
}

/** Where nobody was found there may be nothing to propose: without a base nothing starts, so it must be filled in. */
function peopleLines({ base, filter, people }: Explored): string[] {
  return [
    base === ''
      ? '# base: ou=people,dc=space # not found out; fill in the DN below which all people are'
      : `base: ${yamlText(base)} # people found below it: ${people}`,
    filter === ''
      ? '# filter: (objectClass=inetOrgPerson) # who there is a person; not found out, and left out it is as docs/space.example.yaml says'
      : `filter: ${yamlText(filter)} # who there is a person`,
  ];
}

const attributeNames = ['id', 'uid', 'name', 'mail', 'sshKeys'] as const;
const attributeWhat: Readonly<Record<(typeof attributeNames)[number], string>> = {
  id: 'stays the same when somebody is renamed',
  uid: 'the name to log in with',
  name: 'the name that people see',
  mail: 'mail addresses',
  sshKeys: 'public keys of OpenSSH',
};
const usual: Readonly<Record<(typeof attributeNames)[number], string>> = {
  id: 'entryUUID',
  uid: 'uid',
  name: 'cn',
  mail: 'mail',
  sshKeys: 'sshPublicKey',
};

function attributeLines({ attributes }: Explored): string[] {
  const lines = attributeNames.map((name) => {
    const found = attributes[name];
    return found === undefined
      ? `  # ${name}: ${usual[name]} # ${attributeWhat[name]}: not seen; fill in the attribute, if there is one`
      : `  ${name}: ${yamlText(found)} # ${attributeWhat[name]}`;
  });
  return [
    attributeNames.some((name) => attributes[name] !== undefined) ? 'attributes:' : '# attributes:',
    ...lines,
  ];
}

const groupWhat: Readonly<Record<GroupName, string>> = {
  participants: 'participants (left out: everybody above)',
  team: 'the infrateam',
  trial: 'who is on trial in the infrateam',
  board: 'the board',
};

function groupLines({ groups, proposed }: Explored): string[] {
  const names = Object.keys(groupWhat) as GroupName[];
  const taken = new Set(Object.values(proposed));
  const others = groups.filter(({ dn }) => !taken.has(dn));
  const size = (dn: string) => groups.find((group) => group.dn === dn)?.members;
  return [
    names.some((name) => proposed[name] !== undefined) ? 'groups: # by their names: is it so?' : '# groups:',
    ...names.map((name) => {
      const dn = proposed[name];
      if (dn === undefined)
        return `  # ${name}: "cn=…" # ${groupWhat[name]}: no group is called like it; fill in its DN`;
      const members = size(dn);
      return `  ${name}: ${yamlText(dn)} # ${members === undefined ? '' : `members: ${members}; `}${groupWhat[name]}`;
    }),
    ...(others.length > 0 ? ['  # other groups that were seen:'] : []),
    ...others.map(({ dn, members }) => `  #   ${commentText(dn)} (members: ${members})`),
  ];
}

/** What makes the files that the settings name, each readable for its owner alone. */
export function directorySteps({ login }: Place): string[][] {
  const password =
    login === undefined || login.isThere
      ? []
      : [`(umask 077; set -C; read -rsp 'Password: ' p && printf %s "$p" > ${login.file})`];
  return [
    [
      `Make the secrets that the settings name, beside them${password.length > 0 ? '; the password is typed, and not shown' : ''}:`,
      'mkdir -p -m 700 secrets',
      // An old key is never overwritten: uids would not be known any more.
      `(umask 077; set -C; openssl rand -hex 32 > ${keyFile})`,
      ...password,
    ],
  ];
}

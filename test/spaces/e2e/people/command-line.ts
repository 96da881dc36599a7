import { huismeesterAs, type Printed } from '../command-line.ts';
import { uidOf } from './directory.ts';
import type { PeopleSpace } from './space.ts';

type Who = 'ann' | 'ben' | 'cor' | 'dia';
type Line = readonly [who: Who, args: readonly string[], code: number, says: RegExp];

const title = 'Robots of the workshop';
const answers = [
  ['--facilitates', 'a place to learn for the open evening'],
  ['--needed', 'everybody who comes by'],
  ['--not-core', 'nothing else depends on it'],
].flat();

/** What participants, the board and the team do, one after another; `ID` is the request that dia made. */
const lines: readonly Line[] = [
  ['dia', ['quota'], 0, /^VMs +0 +\d/m],
  ['dia', ['templates'], 0, /nothing can be made here/],
  ['dia', ['vm', 'list'], 0, /^You have no VM/],
  ['dia', ['vm', 'create', 'web', '--size', 's'], 64, /--template/],
  ['dia', ['vm', 'start', 'web'], 1, /no VM is called web/],
  ['dia', ['lease', 'preview', '--days', '7'], 0, /^No VM goes off/],
  ['dia', ['clock', 'accept'], 1, /one of these roles: administrator, infrateam/],
  ['dia', ['project', 'create', title], 0, /in the register/],
  ['dia', ['project', 'list'], 0, new RegExp(title)],
  ['dia', ['promotion', 'ask', title, '--to', 'space-wide'], 64, /--facilitates, --needed and --not-core/],
  [
    'dia',
    ['promotion', 'ask', title, '--to', 'space-wide', ...answers],
    0,
    /somebody of the infrateam decides/,
  ],
  ['ben', ['promotion', 'use', 'ID'], 0, /1 person does/],
  ['ben', ['promotion', 'grant', 'ID', '--because', 'the board wants it'], 1, /infrateam/],
  ['cor', ['promotion', 'grant', 'ID', '--because', 'on trial'], 1, /one of these roles: infrateam/],
  ['ann', ['promotion', 'grant', 'ID', '--because', 'used on every open evening'], 0, /It is granted/],
  ['dia', ['promotion', 'show', 'ID'], 0, /^Robots of the workshop: to become space-wide: granted/],
  ['ann', ['mail', 'test', uidOf('dia')], 0, /the mail server took it/],
  ['ann', ['mail', 'test', uidOf('ben')], 1, /it was not sent: .*550/],
  ['dia', ['mail', 'test', uidOf('ann')], 1, /only the team can look up a uid/],
  ['dia', ['notices'], 0, /test +mail\/test +\S+ +sent/],
  ['ann', ['events', '--limit', '500'], 0, /promotion\.decided/],
  ['dia', ['events'], 1, /the logs are for the infrateam/],
  ['ann', ['export'], 0, new RegExp(`"projects": \\{[\\s\\S]*${title}[\\s\\S]*"leases": \\{`)],
];

/** Gives each command line, as the person with that login, and returns what came of those that ended otherwise. */
export async function workAtTheCommandLine(
  space: PeopleSpace,
  logins: Readonly<Record<Who, { secret: string }>>,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  let request = '';
  for (const [who, args, code, says] of lines) {
    const given = args.map((each) => (each === 'ID' ? request : each));
    const printed: Printed = await huismeesterAs(
      { url: space.running.url, token: logins[who].secret },
      ...given,
    );
    const said = `${printed.out}${printed.err}`;
    if (printed.code !== code || !says.test(said))
      wrong.push(`${who}: ${given.join(' ')}: ${printed.code} ${said}`);
    request = /It is asked, as ([0-9a-f-]{36})/.exec(said)?.[1] ?? request;
  }
  return wrong;
}

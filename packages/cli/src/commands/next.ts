import { Clause, DirectoryResource, Rule, Violation } from '@huismeester/contracts';
import type { Command } from 'commander';
import type { Api } from '../api.ts';
import { withNames } from '../people/names.ts';
import { uidsById } from '../people/uids.ts';
import { printable } from '../printable.ts';
import { answerOf, ifAnswered } from '../served.ts';
import { connected, type Shell } from '../shell.ts';
import { readRegistered, registerSteps } from '../things/next.ts';
import { mending } from './mending.ts';

const person = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;
const command = /`huismeester [^`]*`/g;

/** Something that a person can do. */
interface Step {
  readonly what: string;
  readonly how: string;
}

/** `next`: what to set up or do next, what matters most first. */
export function addNext(program: Command, shell: Shell): void {
  program
    .command('next')
    .description('list what to do or set up next, in order')
    .action((_: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const [directory, registered, violations = [], clauses = [], rules = []] = await Promise.all([
          answerOf(api.get('/api/v1/directory', DirectoryResource)),
          readRegistered(api),
          ifAnswered(output, 'violations', api.list('/api/v1/violations', Violation)),
          ifAnswered(output, 'clauses', api.list('/api/v1/clauses', Clause)),
          ifAnswered(output, 'rules', api.list('/api/v1/rules', Rule)),
        ]);
        // Whoever may not see the directory has nothing to do about it.
        const steps = [
          ...nextSteps(violations, clauses, rules),
          ...('value' in directory ? directorySteps(directory.value, clauses) : []),
          ...(registered === undefined ? [] : registerSteps(registered)),
        ];
        const texts = steps.map(({ what, how }, index) => `${index + 1}. ${what}\n   ${how}`);
        const lines = output.json ? [] : texts.map(await withUids(api, texts));
        output.answer(
          steps,
          ...(lines.length === 0 ? ['Nothing is left to do.'] : lines.map(printableLines)),
        );
      }),
    );
}

/** Violations first, the serious ones before all; then what is unknown, what is not set up, and what is not armed. */
export function nextSteps(
  violations: readonly Violation[],
  clauses: readonly Clause[],
  rules: readonly Rule[],
): Step[] {
  const open = violations.filter(({ accepted }) => accepted === undefined);
  const bySeverity = open.toSorted(
    (a, b) => Number(b.severity === 'serious') - Number(a.severity === 'serious'),
  );
  const watched = clauses.filter(({ watchedBy }) => watchedBy.length > 0);
  const detailed = (status: Clause['status'], what: string): Step[] =>
    watched
      .filter((each) => each.status === status)
      .map(({ clause, detail, title }) => ({ what: `${clause} ${what}`, how: detail ?? title }));
  return [
    ...bySeverity.map(({ kind, about, clause, reason, violation, reasons }) => ({
      what: `${about} is not as ${clause} wants it: ${reason}`,
      how: `${mending[kind]?.(about, { reasons }) ?? 'mend it'}, or accept it for now: \`huismeester accept ${violation} --for 720h --because "…"\``,
    })),
    ...detailed('unknown', 'cannot be told'),
    ...detailed('not-set-up', 'is not set up'),
    ...rules
      .filter(({ mode }) => mode === 'dry-run')
      .map(({ rule, clause, title }) => ({
        what: `${rule}/${clause} is in dry-run: ${title}`,
        how: `look at \`huismeester drill power-cut\` and \`huismeester preview\`, then \`huismeester enforce ${rule}/${clause}\``,
      })),
  ];
}

/** What is to be done about the directory of people. Where a rule watches TEAM-1, its clause says more of it, and its violations say the rest. */
export function directorySteps({ state, change }: DirectoryResource, clauses: readonly Clause[]): Step[] {
  const isWatched = clauses.some(({ clause, watchedBy }) => clause === 'TEAM-1' && watchedBy.length > 0);
  if (change !== undefined) {
    return [
      {
        what: 'so much changed in the directory at once that nothing follows from it yet',
        how: 'look at `huismeester directory`; if it is right: `huismeester directory accept`',
      },
    ];
  }
  if (isWatched || state === 'known') return [];
  return [
    state === 'unknown'
      ? {
          what: 'the directory of people is unknown',
          how: '`huismeester directory` says why, and what to do',
        }
      : {
          what: 'no directory is set up, so nobody can log in and nobody has a role',
          how: '`huismeester init --ldap ldaps://HOST` looks at one and prints its settings',
        },
  ];
}

/** Names in the texts, and uids in the commands: both say who it is about. */
async function withUids(api: Api, texts: readonly string[]): Promise<(text: string) => string> {
  const named = await withNames(api, texts);
  if (!texts.some((text) => text.search(person) >= 0)) return named;
  const uids = await uidsById(api);
  return (text) =>
    named(text).replaceAll(command, (line) => line.replaceAll(person, (id) => uids.get(id) ?? id));
}

function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

import { Violation } from '@huismeester/contracts';
import type { Command } from 'commander';
import { Type } from 'typebox';
import type { Api } from '../api.ts';
import type { Style } from '../output.ts';
import { withNames } from '../people/names.ts';
import { answerOf } from '../served.ts';
import { connected, type Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { civilTime } from '../time.ts';

export const severityStyles: { readonly [severity in Violation['severity']]: Style } = {
  serious: 'red',
  warning: 'yellow',
};

const columns: readonly Column<Violation>[] = [
  { head: 'since', of: ({ since }) => civilTime(since) },
  { head: 'severity', of: ({ severity }) => severity, style: ({ severity }) => severityStyles[severity] },
  { head: 'about', of: ({ about }) => about },
  { head: 'clause', of: ({ clause }) => clause },
  { head: 'reason', of: ({ reason }) => reason },
  { head: 'accepted until', of: ({ accepted }) => accepted && civilTime(accepted.until) },
  { head: 'id', of: ({ violation }) => violation },
];

/** Of a kind of violations how many there are, those about people included, which not everybody may read. */
const Count = Type.Object({ open: Type.Integer({ minimum: 0 }) });

/** `violations`: what is not as the policy wants it. What is listed is no failure. */
export function addViolations(program: Command, shell: Shell): void {
  program
    .command('violations')
    .description('list what is not as the policy wants it')
    .action((_: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const [found, counts] = await Promise.all([
          api.list('/api/v1/violations', Violation),
          answerOf(api.list('/api/v1/violations/counts', Count)),
        ]);
        const all = 'value' in counts ? counts.value.reduce((sum, { open }) => sum + open, 0) : 0;
        const hidden = all - found.length;
        const nothing = hidden > 0 ? 'You may read none of them.' : 'Everything is as the policy wants it.';
        const shown = output.json ? [] : await named(api, found);
        output.answer(found, ...table(shown, columns, output, nothing));
        if (hidden > 0)
          output.note(
            `${hidden} more ${hidden === 1 ? 'is' : 'are'} about people: who they concern, and the team, may read them`,
          );
      }),
    );
}

/** With uids in place of the ids of people, for people to read. */
export async function named(api: Api, violations: readonly Violation[]): Promise<Violation[]> {
  const uidsIn = await withNames(
    api,
    violations.flatMap(({ about, reason }) => [about, reason]),
  );
  return violations.map((each) => ({ ...each, about: uidsIn(each.about), reason: uidsIn(each.reason) }));
}

import { rules } from '../rules/index.ts';
import { clauses } from './list.ts';

/** Where the page stands, from the root of the repository. */
export const pagePath = 'docs/policy.md';

const parts: Readonly<Record<string, string>> = {
  TEAM: 'The infrateam',
  BOARD: 'The infrateam and the board',
  JOIN: 'Who joins the team',
  INFRA: 'What infra is',
  CORE: 'Core infra',
  SPACE: 'Space-wide projects',
  PART: 'Participants’ projects',
  PRIV: 'Infra of the board',
};

const head = `# The infra policy, clause by clause

What the program does about each clause of the infra policy, which of its rules watches it, and which tests show that. Titles are our own words; what
the policy itself says stands on its own page, which settings name as \`policy.text\`. How each clause stands in a space, and what is to be set up, is
said by \`huismeester clauses\`.

This page is made by \`npx -y pnpm@12 clauses\` from [the list of clauses](../services/policy/src/clauses/list.ts), and is not changed by hand.
`;

/** The text of docs/policy.md: what is done about each clause. */
export function policyPage(): string {
  const byPart = Map.groupBy(clauses, ({ clause }) => clause.split('-')[0] ?? '');
  const sections = [...byPart].map(([part, all]) =>
    [`## ${parts[part] ?? part}`, ...all.map(sectionOf)].join('\n\n'),
  );
  return `${[head.trimEnd(), ...sections].join('\n\n')}\n`;
}

function sectionOf({ clause, titles, does, builtIn, tests }: (typeof clauses)[number]): string {
  const watching = rules.filter((rule) => rule.clauses.has(clause)).map(({ name }) => `\`${name}\``);
  const kept =
    watching.length > 0
      ? `Watched by ${watching.length === 1 ? 'the rule' : 'the rules'} ${watching.join(', ')}.`
      : builtIn === undefined
        ? 'No rule watches it.'
        : `Built in: ${builtIn.en}.`;
  const links = tests.map((path) => `[${path.split('/').at(-1)}](../${path})`);
  return [
    `### ${clause}: ${titles.en}`,
    `*${titles.nl}*`,
    does,
    links.length === 0 ? kept : `${kept} Tests: ${links.join(', ')}.`,
  ].join('\n\n');
}

import type { MemberResource } from '@huismeester/contracts';
import type { Language } from '../language.ts';
import { type Called, withCalled } from '../people/called.ts';
import { printable } from '../printable.ts';
import { sentenceOf } from '../story/sentences.ts';
import { civilTime } from '../time.ts';
import { actCommand } from './member-act.ts';
import { rowLines } from './said.ts';
import { awaitedLines, inRegister, whoIs } from './team-lines.ts';
import type { Words } from './words-en.ts';

/** Somebody of the team: where they stand, what is proposed about them, what they may act on, and how that came about. */
export function memberLines(member: MemberResource, words: Words, who: Called, language: Language): string[] {
  const { name, since, suspended_from: from, groups, roles, grants, history } = member;
  const { team, none } = words;
  const { labels } = team;
  const state = inRegister(member, words);
  return [
    printable([whoIs(member), ...(name === undefined ? [] : [`(${name})`])].join(' ')),
    ...rowLines([
      [
        labels.register,
        state === undefined
          ? team.notInRegister
          : since === undefined
            ? state
            : team.since(state, civilTime(since)),
      ],
      [
        '',
        from === undefined
          ? undefined
          : team.afterwards(from === 'trial' ? words.register.trial : words.register.full),
      ],
      [labels.directory, groups.map((group) => words.groups[group]).join(', ') || none],
      [labels.roles, roles.map((role) => words.roles[role]).join(', ') || none],
      ...proposalRows(member, words, who),
      ...grants.map(
        ({ on, until }, at) =>
          [at === 0 ? labels.grants : '', `${on}, ${team.until(civilTime(until))}`] as const,
      ),
    ]),
    ...awaitedLines(member, words),
    ...(history.length === 0
      ? []
      : ['', labels.history, ...historyLines(member, words, who, language).map(printable)]),
  ];
}

type Row = readonly [label: string, text: string | undefined];

function proposalRows(member: MemberResource, { team }: Words, who: Called): Row[] {
  const { proposal } = member;
  if (proposal === undefined) return [];
  const { act, by, at, until, because } = proposal;
  const what = until === undefined ? team.acts[act] : `${team.acts[act]} ${team.until(civilTime(until))}`;
  return [
    [team.labels.proposed, team.proposal(what, who(by), civilTime(at))],
    ['', because],
    ['', team.toConfirm(actCommand(act, whoIs(member)))],
  ];
}

function historyLines(member: MemberResource, words: Words, who: Called, language: Language): string[] {
  const { history } = member;
  const grantIn = (data: unknown) => data as { readonly grant?: string; readonly on?: string };
  const targets = new Map(
    history
      .map(({ data }) => [grantIn(data).grant, grantIn(data).on] as const)
      .filter(([, on]) => on !== undefined),
  );
  return history.map(({ at, by, what, clause, because, data }) => {
    // The end of a grant has its id alone.
    const on = what === 'grant.ended' ? targets.get(grantIn(data).grant) : undefined;
    const text =
      on === undefined
        ? withCalled(sentenceOf({ type: what, data }, language), who)
        : words.grant.ended(whoIs(member), on);
    const names = by.map((each) => withCalled(each, who)).join(', ');
    const reason = because === undefined ? '' : `: ${because}`;
    return `  ${civilTime(at)}  ${text} (${[names, clause].filter(Boolean).join('; ')})${reason}`;
  });
}

import type { ProjectWithHistory } from '@huismeester/contracts';
import type { Language } from '../language.ts';
import { type Called, withCalled } from '../people/called.ts';
import { sentenceOf } from '../story/sentences.ts';
import { civilTime } from '../time.ts';
import type { Words } from './words-en.ts';

type Row = readonly [label: string, text: string];

/** A project and its history, for people. */
export function projectLines(
  found: ProjectWithHistory,
  words: Words,
  who: Called,
  language: Language,
): string[] {
  const { project, classes, states, none } = words;
  const { labels } = project;
  const listed = (people: readonly string[]) => people.map(who).join(', ') || none;
  const rows: Row[] = [
    [labels.class, project.since(classes[found.class], civilTime(found.class_since))],
    [labels.state, states[found.state]],
    ...(found.retiring === undefined
      ? []
      : ([['', project.retiring(who(found.retiring.person), found.retiring.because)]] satisfies Row[])),
    ...(found.purpose === undefined ? [] : ([[labels.purpose, found.purpose]] satisfies Row[])),
    [labels.owner, who(found.owner)],
    [labels.people, listed(found.people)],
    [labels.managers, listed(found.managers)],
    [labels.wiki, found.wiki ?? none],
    [labels.hardware, found.hardware.join(', ') || none],
    [labels.vms, found.vms.join(', ') || none],
    ...agreementRows(found, words, who),
  ];
  const width = Math.max(...rows.map(([label]) => label.length)) + 2;
  return [
    `${found.title} (${found.id})`,
    ...rows.map(([label, text]) => `  ${label.padEnd(width)}${text}`),
    '',
    labels.history,
    ...found.history.map(({ at, by, what, data, because }) => {
      const said = sentenceOf({ type: what, data }, language);
      const text = because === undefined || said.includes(because) ? said : `${said}: ${because}`;
      return `  ${civilTime(at)}  ${withCalled(`${text} (${by})`, who)}`;
    }),
  ];
}

function agreementRows({ agreement, proposed, id }: ProjectWithHistory, words: Words, who: Called): Row[] {
  const { project } = words;
  const between = (each: NonNullable<typeof agreement>) =>
    project.between(who(each.participant), who(each.team), civilTime(each.since));
  return [
    [project.labels.agreement, agreement === undefined ? project.noAgreement : between(agreement)],
    ...textRows(agreement?.text),
    ...(proposed === undefined
      ? []
      : ([
          [project.labels.proposed, between(proposed)],
          ...textRows(proposed.text),
          ['', project.toConsent(id)],
        ] satisfies Row[])),
  ];
}

function textRows(text: string | undefined): Row[] {
  return (text ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ['', line]);
}

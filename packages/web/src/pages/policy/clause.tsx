import type { Clause, Rule, Violation } from '@huismeester/contracts';
import { anchor } from '../../parts/anchor.ts';
import { Mark } from '../../parts/mark.tsx';
import { useSubjects } from '../../parts/subject.ts';
import { Relative } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { reasonText, sentence } from '../../words/reasons.ts';
import { inLanguage } from '../../words/says.ts';
import { tones } from './parts.ts';
import { words } from './words.ts';

/** So many violations of a clause are shown here; all of them stand on their own page. */
const few = 3;

/** A clause: what it asks for in our words, how it stands, what shows that, and who acts on it. */
export function ClauseCard({
  clause: its,
  rules,
  violations,
}: {
  readonly clause: Clause;
  /** Undefined: not known, so that none of them is said to watch alone. */
  readonly rules: readonly Rule[] | undefined;
  readonly violations: readonly Violation[];
}) {
  const { clause, title, titles, status, since } = its;
  return (
    <article
      id={clause}
      tabIndex={-1}
      class={`card clause-card${anchor() === clause ? ' chosen' : ''}`}
      aria-label={clause}
    >
      <div class="card-head">
        <h3>
          <span class="soft">{clause}</span> {titles === undefined ? title : inLanguage(titles)}
        </h3>
        <span>
          <Mark tone={tones[status]}>{common.value.terms.clauseStatuses[status]}</Mark>{' '}
          {since !== undefined && (
            <span class="small">
              <Relative at={since} />
            </span>
          )}
        </span>
      </div>
      <Detail of={its} />
      <Evidence clause={its} violations={violations} />
      <Watchers clause={its} rules={rules} />
    </article>
  );
}

/** Why it is kept or unknown, or what to do to set it up. Some of that the service has in English alone. */
function Detail({ of: { detail, details } }: { readonly of: Clause }) {
  if (details !== undefined) return <p>{sentence(inLanguage(details))}</p>;
  return detail === undefined ? null : <p lang="en">{sentence(detail)}</p>;
}

function Evidence({
  clause: { clause, status, violations: ids },
  violations,
}: {
  readonly clause: Clause;
  readonly violations: readonly Violation[];
}) {
  const text = words.value;
  const nameOf = useSubjects();
  const isBad = status === 'violated' || status === 'accepted';
  if (!isBad) return null;
  if (ids.length === 0) return <p class="soft">{text.hidden}</p>;
  return (
    <div>
      <h4>{text.evidence}</h4>
      <ul class="plain">
        {violations.slice(0, few).map((each) => (
          <li key={each.violation}>
            {nameOf(each.about)}: {reasonText(each)}
          </li>
        ))}
      </ul>
      <p>
        <a class="alone" href={`/violations?clause=${clause}`}>
          {text.toViolations(ids.length)}
        </a>
      </p>
    </div>
  );
}

/** Rules that act on it have a mode; those that only watch have none. */
function Watchers({
  clause: { clause, watchedBy, status },
  rules,
}: {
  readonly clause: Clause;
  readonly rules: readonly Rule[] | undefined;
}) {
  const text = words.value;
  if (watchedBy.length === 0) return status === 'kept' ? <p class="small">{text.builtIn}.</p> : null;
  const pages: Readonly<Record<string, string>> = common.value.pages;
  const called = (name: string): string => text.rules[name] ?? pages[name]?.toLowerCase() ?? name;
  const modeOf = (name: string): Rule | undefined =>
    rules?.find((each) => each.rule === name && each.clause === clause);
  return (
    <p class="small">
      {text.watchedBy}:{' '}
      {watchedBy.map((name, index) => {
        const rule = modeOf(name);
        return (
          <span key={name}>
            {index > 0 && ', '}
            <span title={name}>{text.ruleOn(called(name))}</span>{' '}
            {rule === undefined ? (
              rules && text.watches
            ) : (
              <a href="/settings">
                {text.mode(common.value.terms.modes[rule.mode])}
                <span class="for-readers">
                  {' '}
                  ({text.toSettings}: {name})
                </span>
              </a>
            )}
          </span>
        );
      })}
      .
    </p>
  );
}

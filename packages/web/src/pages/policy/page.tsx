import type { Clause, Rule, Violation } from '@huismeester/contracts';
import { known, useList } from '../../api/resource.ts';
import { useAnchor } from '../../parts/anchor.ts';
import { Fetched } from '../../parts/fetched.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { common } from '../../words/common.ts';
import { ClauseCard } from './clause.tsx';
import { type PolicyPart, partsOf, statuses, tones } from './parts.ts';
import './style.css';
import { Lacking } from '../../parts/lacking.tsx';
import { PolicyInWords } from './text.tsx';
import { words } from './words.ts';
import type { PartName } from './words-en.ts';

/** `/policy`: each clause with how it stands; `#SPACE-3` is one of them. */
export default function PolicyPage() {
  const text = words.value;
  const clauses = useList<Clause>('/api/v1/clauses', ['policy']);
  return (
    <Page title={common.value.pages.policy} lead={text.lead}>
      <Fetched of={clauses} lines={8}>
        {(all) => <Clauses all={all} />}
      </Fetched>
      <Section title={text.text}>
        <PolicyInWords clauses={clauses} />
      </Section>
    </Page>
  );
}

function Clauses({ all }: { readonly all: readonly Clause[] }) {
  const rules = useList<Rule>('/api/v1/rules', ['policy']);
  const violations = useList<Violation>('/api/v1/violations', ['policy']);
  const modes = known(rules);
  const open = known(violations) ?? [];
  const { lacks } = words.value;
  const parts = partsOf(all);
  useAnchor(all);
  return (
    <>
      <Counts all={all} />
      <Lacking of={rules}>{lacks.rules}</Lacking>
      <Lacking of={violations}>{lacks.violations}</Lacking>
      <Contents parts={parts} />
      {parts.map((part) => (
        <Section key={part.name} id={part.name} title={titleOf(part.name)}>
          <ul class="stack">
            {part.clauses.map((each) => (
              <li key={each.clause}>
                <ClauseCard
                  clause={each}
                  rules={modes?.filter(({ clause }) => clause === each.clause)}
                  violations={open.filter(({ violation }) => each.violations.includes(violation))}
                />
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </>
  );
}

function Counts({ all }: { readonly all: readonly Clause[] }) {
  const counted = statuses.map(
    (status) => [status, all.filter((each) => each.status === status).length] as const,
  );
  return (
    <ul class="policy-counts">
      {counted.map(([status, count]) =>
        count === 0 ? null : (
          <li key={status}>
            <Mark tone={tones[status]}>
              {count} {common.value.terms.clauseStatuses[status]}
            </Mark>
          </li>
        ),
      )}
    </ul>
  );
}

function Contents({ parts }: { readonly parts: readonly PolicyPart[] }) {
  const text = words.value;
  return (
    <nav aria-label={text.contents}>
      <ul class="policy-contents">
        {parts.map(({ name, notKept }) => (
          <li key={name}>
            <a class="button" href={`/policy#${name}`}>
              {titleOf(name)}
              {notKept > 0 && <span class="small">{text.notKept(notKept)}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function titleOf(name: string): string {
  const known: Readonly<Partial<Record<string, string>>> = words.value.parts satisfies Record<
    PartName,
    string
  >;
  return known[name] ?? name;
}

import type { Clause, PolicyText } from '@huismeester/contracts';
import { type Resource, useResource } from '../../api/resource.ts';
import { ClauseLink } from '../../parts/clause.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Mark } from '../../parts/mark.tsx';
import { withClauses } from './parts.ts';
import { words } from './words.ts';

/** The policy in its own words, section by section, with what differs from the revision that settings name. */
export function PolicyInWords({ clauses }: { readonly clauses: Resource<readonly Clause[]> }) {
  const policy = useResource<PolicyText>('/api/v1/policy-text', ['inventory']);
  const state = clauses.state.value;
  const known = new Set(state.kind === 'loaded' ? state.value.map(({ clause }) => clause) : []);
  return <Fetched of={policy}>{(found) => <Sections policy={found} known={known} />}</Fetched>;
}

function Sections({ policy, known }: { readonly policy: PolicyText; readonly known: ReadonlySet<string> }) {
  const text = words.value;
  const { state, source, revision, expected, date, why, sections } = policy;
  if (state === 'not-set-up') return <div class="empty">{text.notSetUp}</div>;
  return (
    <div class="stack">
      <p class="soft">
        {text.textLead} {text.source}: <Source of={source} />
        {revision !== undefined && `, ${text.revision(revision, date)}`}.
      </p>
      {state !== 'read' && (
        <div class="note warn">
          <p class="strong">{state === 'gone' ? text.gone : text.unread}</p>
          {why !== undefined && <p lang="en">{why}</p>}
        </div>
      )}
      {expected !== undefined && revision !== undefined && expected !== revision && (
        <p>
          <Mark tone="warn">{text.expected(expected)}</Mark>
        </p>
      )}
      {sections.map((each) => (
        <PolicySection key={each.heading} section={each} known={known} />
      ))}
    </div>
  );
}

function Source({ of }: { readonly of: string }) {
  return /^https?:/.test(of) ? <a href={of}>{of}</a> : <code>{of}</code>;
}

function PolicySection({
  section: { heading, text: content, changed },
  known,
}: {
  readonly section: PolicyText['sections'][number];
  readonly known: ReadonlySet<string>;
}) {
  const text = words.value;
  return (
    <details class="card" open={changed !== undefined}>
      <summary>
        {heading === '' ? text.before : heading}{' '}
        {changed !== undefined && <Mark tone="warn">{text.changed}</Mark>}
      </summary>
      <p class="policy-text">
        {withClauses(content, known).map((each, index) =>
          index % 2 === 0 ? each : <ClauseLink key={each} clause={each} />,
        )}
      </p>
      {changed !== undefined && (
        <>
          <Lines title={text.removed} lines={changed.removed} />
          <Lines title={text.added} lines={changed.added} />
        </>
      )}
    </details>
  );
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul class="plain">
        {lines.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </>
  );
}

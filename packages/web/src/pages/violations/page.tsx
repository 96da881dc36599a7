import type { Violation, ViolationCount } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { useList } from '../../api/resource.ts';
import { place } from '../../app/router.ts';
import { may } from '../../app/session.ts';
import { useAnchor } from '../../parts/anchor.ts';
import { Button } from '../../parts/button.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Page, Section } from '../../parts/page.tsx';
import type { Tone } from '../../parts/tone.ts';
import { common } from '../../words/common.ts';
import { useAbout } from './about.ts';
import { Accept } from './accept.tsx';
import { type Group, grouped, hiddenOf, type Part, parts } from './groups.ts';
import { ViolationLine } from './line.tsx';
import './style.css';
import { Lacking } from '../../parts/lacking.tsx';
import { words } from './words.ts';
import type { KindWords } from './words-en.ts';

const tones: Readonly<Record<Part, Tone>> = { serious: 'bad', warning: 'warn', accepted: 'calm' };

/** `/violations`: what is not as the policy wants it, the serious first; `?clause=SPACE-3`: of one clause. */
export default function ViolationsPage() {
  const text = words.value;
  const clause = place.value.query.get('clause') ?? undefined;
  const violations = useList<Violation>('/api/v1/violations', ['policy']);
  return (
    <Page title={common.value.pages.violations} lead={text.lead}>
      {clause !== undefined && (
        <p>
          {text.onlyClause(clause)} <a href="/violations">{text.all}</a>
        </p>
      )}
      <Fetched of={violations} lines={6}>
        {(all) => <Violations all={all} clause={clause} />}
      </Fetched>
    </Page>
  );
}

/** All of them by severity, with what is done to several. Long, since it is one block of the page, part after part. */
function Violations({
  all,
  clause,
}: {
  readonly all: readonly Violation[];
  readonly clause: string | undefined;
}) {
  const text = words.value;
  const counts = useList<ViolationCount>('/api/v1/violations/counts', ['policy']);
  const state = counts.state.value;
  const { nameOf, accounts } = useAbout(all);
  const asking = useSignal<Asking | undefined>(undefined);
  useAnchor(all);
  const hidden = state.kind === 'loaded' ? hiddenOf(state.value, all) : 0;
  const groups = grouped(clause === undefined ? all : all.filter((each) => each.clause === clause));
  const isEmpty = parts.every((part) => groups[part].length === 0);
  return (
    <>
      <Lacking of={counts}>{text.lacks.hidden}</Lacking>
      <Lacking of={accounts}>{text.lacks.accounts}</Lacking>
      {isEmpty && state.kind === 'loaded' && (
        <div class="empty">
          <p class="strong">{hidden > 0 ? text.nothingElse : text.empty}</p>
          {hidden === 0 && (
            <p>
              <a href="/policy">{text.emptyNext}</a>
            </p>
          )}
        </div>
      )}
      {parts.map((part) =>
        groups[part].length === 0 ? null : (
          <Section key={part} title={text[part]}>
            {part === 'accepted' && <p class="soft">{text.acceptedLead}</p>}
            <div class="stack">
              {groups[part].map((group) => (
                <GroupCard
                  key={group.kind}
                  group={group}
                  part={part}
                  nameOf={nameOf}
                  onAccept={(chosen, what) => {
                    asking.value = { all: chosen, what };
                  }}
                />
              ))}
            </div>
          </Section>
        ),
      )}
      {hidden > 0 && <p class="note calm">{text.hidden(hidden)}</p>}
      {asking.value !== undefined && (
        <Accept
          all={asking.value.all}
          what={asking.value.what}
          nameOf={nameOf}
          onClose={() => {
            asking.value = undefined;
          }}
        />
      )}
    </>
  );
}

/** What somebody is about to accept. */
interface Asking {
  readonly all: readonly Violation[];
  readonly what: string;
}

function GroupCard({
  group: { kind, all },
  part,
  nameOf,
  onAccept,
}: {
  readonly group: Group;
  readonly part: Part;
  readonly nameOf: (subject: string) => string;
  readonly onAccept: (all: readonly Violation[], what: string) => void;
}) {
  const text = words.value;
  const known: Readonly<Record<string, KindWords | undefined>> = text.kinds;
  const [what = kind, todo] = known[kind] ?? [];
  const isMany = all.length > 1 && part !== 'accepted' && may('infrateam', 'administrator');
  return (
    <section class="card" aria-label={what}>
      <div class="card-head">
        <h3>
          <Mark tone={tones[part]}>{what}</Mark>
          {all.length > 1 && <span class="soft"> {text.many(all.length)}</span>}
        </h3>
        {isMany && (
          <Button label={`${text.acceptAll(all.length)}: ${what}`} onClick={() => onAccept(all, what)}>
            {text.acceptAll(all.length)}
          </Button>
        )}
      </div>
      {todo !== undefined && (
        <p>
          <span class="soft">{text.todo}:</span> {todo}
        </p>
      )}
      <ul class="rows">
        {all.map((each) => (
          <li key={each.violation}>
            <ViolationLine violation={each} nameOf={nameOf} onAccept={onAccept} />
          </li>
        ))}
      </ul>
    </section>
  );
}

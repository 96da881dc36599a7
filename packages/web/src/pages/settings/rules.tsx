import type { Rule, Wish } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { useAct } from '../../api/act.ts';
import { send } from '../../api/request.ts';
import { type Resource, useList } from '../../api/resource.ts';
import { may } from '../../app/session.ts';
import { Button } from '../../parts/button.tsx';
import { ClauseLink } from '../../parts/clause.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Section } from '../../parts/page.tsx';
import { useActors } from '../../parts/person.tsx';
import { Relative } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { reasonText } from '../../words/reasons.ts';
import { words } from './words.ts';

/** Each clause that a rule acts by, and whether it is armed. */
export function Rules() {
  const text = words.value;
  const rules = useList<Rule>('/api/v1/rules', ['policy']);
  return (
    <Section title={text.rules}>
      <p class="soft">{text.rulesLead}</p>
      <Fetched of={rules} empty={<p>{text.noRules}</p>}>
        {(all) => (
          <ul class="rows">
            {all.map((each) => (
              <li key={nameOf(each)}>
                <RuleLine rule={each} />
              </li>
            ))}
          </ul>
        )}
      </Fetched>
    </Section>
  );
}

function nameOf({ rule, clause }: Rule): string {
  return `${rule}/${clause}`;
}

function RuleLine({ rule }: { readonly rule: Rule }) {
  const text = words.value;
  const isAsking = useSignal<boolean>(false);
  const isArmed = rule.mode === 'enforce';
  const name = nameOf(rule);
  const nameOfActor = useActors();
  return (
    <>
      <div class="row">
        <span class="row">
          <span class="strong">{rule.rule}</span> <ClauseLink clause={rule.clause} />
        </span>
        <Mark tone={isArmed ? 'good' : 'calm'}>{isArmed ? text.armed : text.dryRun}</Mark>
      </div>
      <p>{text.titles[name] ?? rule.title}</p>
      <div class="row">
        <span class="small">
          {rule.since !== undefined && <Relative at={rule.since} />}{' '}
          {rule.by !== undefined && text.by(nameOfActor(rule.by))}
        </span>
        {may('infrateam', 'administrator') && (
          <Button
            onClick={() => {
              isAsking.value = true;
            }}
          >
            {isArmed ? text.disarm(name) : text.arm(name)}
          </Button>
        )}
      </div>
      {isAsking.value && (
        <ChangeMode
          rule={rule}
          onClose={() => {
            isAsking.value = false;
          }}
        />
      )}
    </>
  );
}

/** Asks once more; to arm shows what would be done at once. */
function ChangeMode({ rule, onClose }: { readonly rule: Rule; readonly onClose: () => void }) {
  const text = words.value;
  const name = nameOf(rule);
  const isArmed = rule.mode === 'enforce';
  const preview = useList<Wish>(isArmed ? undefined : '/api/v1/preview', ['policy']);
  const change = useAct(() =>
    send(`/api/v1/rules/${rule.rule}/${rule.clause}`, {
      method: 'PUT',
      body: { mode: isArmed ? 'dry-run' : 'enforce' },
    }),
  );
  return (
    <Confirm
      title={isArmed ? text.disarmTitle(name) : text.armTitle(name)}
      act={isArmed ? text.disarm(name) : text.arm(name)}
      by={change}
      why={isArmed || preview.state.value.kind === 'loaded' ? undefined : text.previewFirst}
      look={isArmed ? 'danger' : 'main'}
      onClose={onClose}
    >
      <p>{isArmed ? text.disarmLead : text.armLead}</p>
      {!isArmed && <Preview rule={rule} of={preview} />}
    </Confirm>
  );
}

/** What it would do, and not what others do by the same clause. */
function Preview({
  rule: { rule, clause },
  of: wishes,
}: {
  readonly rule: Rule;
  readonly of: Resource<readonly Wish[]>;
}) {
  const text = words.value;
  return (
    <Fetched of={wishes}>
      {(all) => {
        const own = all.filter((each) => each.clause === clause && (each.rule ?? rule) === rule);
        if (own.length === 0) return <p class="strong">{text.nothingWould}</p>;
        return (
          <>
            <p class="strong">{text.would(own.length)}</p>
            <ul class="rows">
              {own.map((each) => (
                <li key={each.about}>
                  <p class="strong">
                    {each.about}: {common.value.terms.wishes[each.state]}
                  </p>
                  <p>{reasonText(each)}</p>
                </li>
              ))}
            </ul>
          </>
        );
      }}
    </Fetched>
  );
}

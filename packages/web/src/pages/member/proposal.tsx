import { useSignal } from '@preact/signals';
import { done, useAct } from '../../api/act.ts';
import { send } from '../../api/request.ts';
import { may, person } from '../../app/session.ts';
import { Button } from '../../parts/button.tsx';
import { ClauseLink } from '../../parts/clause.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { FailureNote } from '../../parts/failure.tsx';
import { Section } from '../../parts/page.tsx';
import { useNames } from '../../parts/person.tsx';
import { When } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { clauseOf } from './acts.ts';
import { useTypedName } from './deciding.tsx';
import { DepartureOf } from './departure.tsx';
import type { Shown } from './shown.ts';
import { words } from './words.ts';

/** What one full member proposed: another confirms it, or it is taken back. Long, since it is one block of the page, part after part. */
export function Proposal({ of }: Shown) {
  const text = words.value;
  const name = useNames();
  const isAsking = useSignal<boolean>(false);
  const { proposal, person: who } = of;
  const path = `/api/v1/team/${who}/proposal`;
  const takesOut = proposal?.act === 'end' || proposal?.act === 'suspend';
  const typed = useTypedName(takesOut && isAsking.value ? who : undefined, of.uid ?? who);
  const confirm = useAct(async () => {
    const body = { proposed: proposal?.at, ...typed.body };
    await send(`${path}/confirmation`, { method: 'POST', body });
    done(text.confirmed);
  });
  const back = useAct(async () => {
    await send(path, { method: 'DELETE' });
    done(text.takenBack);
  });
  if (proposal === undefined) return null;
  const act = common.value.terms.memberActs[proposal.act];
  const close = () => {
    isAsking.value = false;
  };
  return (
    <Section title={text.proposed} act={<ClauseLink clause={clauseOf[proposal.act]} />}>
      <div class="note warn">
        <p class="strong">
          {text.proposedBy(act, name(proposal.by))} <When at={proposal.at} />
        </p>
        {proposal.until !== undefined && (
          <p>
            {text.until} <When at={proposal.until} />
          </p>
        )}
        {proposal.because !== undefined && <p>{proposal.because}</p>}
        <p>{text.anotherConfirms}</p>
        {back.failure && <FailureNote failure={back.failure} />}
        {may('infrateam') && who !== person() && (
          <div class="acts">
            {proposal.by !== person() && (
              <Button
                look="main"
                onClick={() => {
                  isAsking.value = true;
                }}
              >
                {text.confirmIt(act)}
              </Button>
            )}
            <Button busy={back.busy} onClick={() => void back.run()}>
              {text.takeBack}
            </Button>
          </div>
        )}
      </div>
      {isAsking.value && (
        <Confirm
          title={text.confirmIt(act)}
          look={takesOut ? 'danger' : 'main'}
          name={typed.name(confirm.failure)}
          by={confirm}
          onClose={close}
        >
          <p>{text.actLeads[proposal.act]}</p>
          {proposal.act === 'end' && <DepartureOf person={who} />}
        </Confirm>
      )}
    </Section>
  );
}

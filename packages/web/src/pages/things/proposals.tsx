import type { ItemProposalResource } from '@huismeester/contracts';
import { done, useAct } from '../../api/act.ts';
import { send } from '../../api/request.ts';
import { useList } from '../../api/resource.ts';
import { may } from '../../app/session.ts';
import { Button } from '../../parts/button.tsx';
import { FailureNote } from '../../parts/failure.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Section } from '../../parts/page.tsx';
import { words } from './words.ts';

/** What is seen, or named by the policy, and not registered: a button registers it as it is proposed. */
export function Proposals() {
  const text = words.value;
  const proposals = useList<ItemProposalResource>('/api/v1/proposals?dismissed=false', [
    'inventory',
    'vm-lifecycle',
    'netwatch',
    'ups-monitor',
  ]);
  return (
    <Section title={text.proposals}>
      <p class="soft">{text.proposalsLead}</p>
      <Fetched of={proposals} empty={<p>{text.noProposals}</p>}>
        {(all) => (
          <ul class="rows">
            {all.map((each) => (
              <li key={each.id}>
                <Proposal proposal={each} />
              </li>
            ))}
          </ul>
        )}
      </Fetched>
    </Section>
  );
}

function Proposal({ proposal: { id, name, kind, because } }: { readonly proposal: ItemProposalResource }) {
  const text = words.value;
  const register = useAct(async () => {
    await send('/api/v1/proposals/confirmation', { method: 'POST', body: { proposals: [{ id }] } });
    done(text.registered(name));
  });
  const dismiss = useAct(async () => {
    await send(`/api/v1/proposals/${id}`, { method: 'DELETE', body: {} });
    done(text.dismissed(name), () => send(`/api/v1/proposals/${id}/reopening`, { method: 'POST' }));
  });
  const failure = register.failure ?? dismiss.failure;
  return (
    <>
      <div class="row">
        <span>
          <span class="strong">{name}</span>{' '}
          <span class="small">
            {text.terms.kinds[kind]}, {text.terms.proposedBecause[because]}
          </span>
        </span>
        {may('infrateam', 'administrator') && (
          <span class="acts">
            <Button busy={register.busy} label={text.registerOf(name)} onClick={() => void register.run()}>
              {text.register}
            </Button>
            <Button
              look="quiet"
              busy={dismiss.busy}
              label={text.dismissOf(name)}
              onClick={() => void dismiss.run()}
            >
              {text.dismiss}
            </Button>
          </span>
        )}
      </div>
      {failure && <FailureNote failure={failure} />}
    </>
  );
}

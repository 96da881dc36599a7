import type { Drift, Lease, Vm, VmAct } from '@huismeester/contracts';
import { known, useList, usePage, useResource } from '../../api/resource.ts';
import type { PageProps } from '../../app/page-props.ts';
import { may } from '../../app/session.ts';
import { ButtonLink } from '../../parts/button.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { common } from '../../words/common.ts';
import { Acting } from './acting.tsx';
import { pathOf } from './ask.ts';
import { newestAct } from './model.ts';
import { OfferedCard } from './offered-card.tsx';
import './style.css';
import { VmActs } from './vm-acts.tsx';
import { VmFacts } from './vm-facts.tsx';
import { VmHold } from './vm-hold.tsx';
import { VmOffer } from './vm-owner.tsx';
import { VmStory } from './vm-story.tsx';
import { words } from './words.ts';

/** `/vms/:id`: one VM, what one may do with it, and what was decided about it. */
export default function VmPage({ params: { id = '' } }: PageProps) {
  const text = words.value;
  const vm = useResource<Vm>(pathOf({ id }), ['vm-lifecycle']);
  const found = known(vm);
  return (
    <Page title={found?.name ?? text.id(id)} lead={found && leadOf(found)}>
      <Fetched of={vm} lines={6}>
        {(value) => <Content vm={value} />}
      </Fetched>
      <p class="section">
        <ButtonLink look="quiet" href="/vms">
          {text.detail.gone}
        </ButtonLink>
      </p>
    </Page>
  );
}

function leadOf({ id, node, class: of }: Vm): string {
  const text = words.value;
  return [text.id(id), common.value.terms.classes[of], text.onNode(node)].join(' · ');
}

function Content({ vm }: { readonly vm: Vm }) {
  const text = words.value;
  const { id } = vm;
  // Then an owner is what it lacks; else giving it away is what is done least.
  const isNobodys = vm.unclaimed === true;
  const leases = useList<Lease>('/api/v1/leases', ['policy', 'vm-lifecycle']);
  const all = known(leases);
  const lease = all === undefined ? 'unknown' : all.find((each) => each.vm === id);
  const acts = usePage<VmAct>(`/api/v1/acts?vm=${encodeURIComponent(id)}&limit=5`, ['vm-lifecycle']);
  const asked = known(acts)?.results ?? [];
  return (
    <>
      {vm.offered === true && <OfferedCard vm={vm} />}
      <div class="card vm-card">
        <VmFacts vm={vm} lease={lease} />
        <Acting act={newestAct(asked, id)} />
        <VmActs vm={vm} />
      </div>
      {isNobodys && <VmOffer vm={vm} />}
      <VmHold vm={vm} />
      <DriftList vm={vm} />
      <Section title={text.detail.story}>
        <VmStory vm={id} />
      </Section>
      {!isNobodys && <VmOffer vm={vm} />}
    </>
  );
}

/** Where Proxmox differs from what is known here, for whoever may see it; nothing where it does not. */
function DriftList({ vm }: { readonly vm: Vm }) {
  const text = words.value.drift;
  const isSomebody = may('participant', 'trial', 'infrateam', 'board', 'administrator');
  const drift = useList<Drift>(isSomebody ? '/api/v1/drift' : undefined, ['vm-lifecycle']);
  const found = known(drift) ?? [];
  // That it is nobody's stands above.
  const here = found.filter((each) => each.vm === vm.id && !(each.what === 'owner' && vm.unclaimed === true));
  if (here.length === 0) return null;
  return (
    <Section title={text.title}>
      <ul class="rows">
        {here.map((each) => (
          <li key={each.what}>
            <p class="strong">{differenceOf(each, vm)}</p>
            <p>
              {text.who(text.acts[each.acts])} <span class="small">{text.todo[each.what]}</span>
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What is another here than in Proxmox, as a sentence; the API has both sides in English. */
function differenceOf({ what, ours, theirs }: Pick<Drift, 'what' | 'ours' | 'theirs'>, vm: Vm): string {
  const text = words.value.drift;
  const { none, terms } = common.value;
  const of = text.whats[what];
  if (what === 'onboot' || what === 'owner') return of;
  if (what === 'pool')
    return text.line(of, terms.classes[ours as Vm['class']] ?? none, terms.classes[vm.class]);
  return text.line(of, ours ?? none, theirs ?? none);
}

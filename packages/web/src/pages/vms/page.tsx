import type { Creation, Lease, Vm, VmAct } from '@huismeester/contracts';
import { known, useList, usePage } from '../../api/resource.ts';
import { may, person } from '../../app/session.ts';
import { ButtonLink } from '../../parts/button.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { common } from '../../words/common.ts';
import { newestAct, unfinished } from './model.ts';
import { OfferedCard } from './offered-card.tsx';
import { Others } from './others.tsx';
import { MakingCard, OwnCard } from './own-card.tsx';
import './style.css';
import { Lacking } from '../../parts/lacking.tsx';
import { words } from './words.ts';

/** `/vms`: what is one's own, then all others. */
export default function VmsPage() {
  const text = words.value;
  const vms = useList<Vm>('/api/v1/vms', ['vm-lifecycle']);
  const mayMake = may('participant', 'trial', 'infrateam', 'board') && person() !== undefined;
  const act = mayMake && (
    <ButtonLink look="main" href="/vms/new">
      {text.make}
    </ButtonLink>
  );
  return (
    <Page title={common.value.pages.vms} lead={text.lead} act={act || undefined}>
      <Fetched of={vms} lines={6}>
        {(all) => (
          <>
            {mayMake && (
              <Section title={text.mine}>
                <Own vms={all.filter(({ mine, offered }) => mine === true || offered === true)} />
              </Section>
            )}
            <Section title={mayMake ? text.others : common.value.pages.vms}>
              <Others vms={all.filter(({ mine, offered }) => mine !== true && offered !== true)} />
            </Section>
          </>
        )}
      </Fetched>
    </Page>
  );
}

/** What is offered first, since somebody waits; then what is being made, then what there is. */
function Own({ vms }: { readonly vms: readonly Vm[] }) {
  const text = words.value;
  const leases = useList<Lease>('/api/v1/leases', ['policy', 'vm-lifecycle']);
  const creations = useList<Creation>('/api/v1/creations', ['vm-lifecycle']);
  const acts = usePage<VmAct>('/api/v1/acts?limit=100', ['vm-lifecycle']);
  const making = unfinished(known(creations) ?? [], person());
  const isMaking = new Set(making.map(({ vm }) => vm));
  const leaseList = known(leases);
  const asked = known(acts)?.results ?? [];
  if (vms.length + making.length === 0) {
    return known(creations) === undefined ? (
      <Lacking of={creations} />
    ) : (
      <div class="empty">
        <p class="strong">{text.noneOfYours}</p>
        <p>{text.noneNext}</p>
        <ButtonLink href="/vms/new">{text.make}</ButtonLink>
      </div>
    );
  }
  return (
    <>
      <Lacking of={creations} />
      <div class="cards">
        {vms.map((vm) => vm.offered === true && <OfferedCard key={vm.id} vm={vm} />)}
        {making.map((each) => (
          <MakingCard key={each.id} making={each} />
        ))}
        {vms.map(
          (vm) =>
            vm.mine === true &&
            !isMaking.has(vm.id) && (
              <OwnCard
                key={vm.id}
                vm={vm}
                lease={leaseList === undefined ? 'unknown' : leaseList.find((each) => each.vm === vm.id)}
                act={newestAct(asked, vm.id)}
              />
            ),
        )}
      </div>
    </>
  );
}

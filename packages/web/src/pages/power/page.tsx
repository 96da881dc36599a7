import type { Hypervisor, Node, Ups } from '@huismeester/contracts';
import { known, useList } from '../../api/resource.ts';
import { Fetched } from '../../parts/fetched.tsx';
import { Lacking } from '../../parts/lacking.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Table } from '../../parts/table.tsx';
import { common } from '../../words/common.ts';
import { DrillResult } from './drill.tsx';
import './style.css';
import { UpsCard } from './ups.tsx';
import { words } from './words.ts';

/** `/power`: UPSes, nodes, and what a power cut would do now. */
export default function PowerPage() {
  const text = words.value;
  const upses = useList<Ups>('/api/v1/ups', ['ups-monitor']);
  const nodes = useList<Node>('/api/v1/nodes', ['vm-lifecycle', 'policy']);
  const hypervisors = useList<Hypervisor>('/api/v1/hypervisors', ['vm-lifecycle']);
  const answering = new Set(
    (known(hypervisors) ?? []).flatMap(({ id, reachable }) => (reachable ? [id] : [])),
  );
  const nothing = (
    <>
      <p class="strong">{text.noUps}</p>
      <p>{text.noUpsNext}</p>
    </>
  );
  return (
    <Page title={common.value.pages.power} lead={text.lead}>
      <Fetched of={upses} empty={nothing} lines={5}>
        {(all) => (
          <div class="stack">
            {all.map((each) => (
              <UpsCard key={each.id} ups={each} />
            ))}
          </div>
        )}
      </Fetched>
      <Section title={text.nodes}>
        <Lacking of={hypervisors}>{text.lacks.hypervisors}</Lacking>
        <Fetched of={nodes} empty={<p>{text.noNodes}</p>}>
          {(all) => (
            <Table<Node>
              caption={text.nodes}
              rows={all}
              keyOf={({ id }) => id}
              columns={[
                { head: text.node, of: ({ node }) => node },
                {
                  head: text.state,
                  of: ({ hypervisor, online }) => (
                    <NodeState isOn={answering.has(hypervisor) ? online : undefined} />
                  ),
                },
                {
                  head: text.wanted,
                  of: ({ desired, act }) =>
                    desired === undefined
                      ? common.value.none
                      : `${common.value.terms.wishes[desired]}${act ? `, ${act}` : ''}`,
                },
              ]}
            />
          )}
        </Fetched>
      </Section>
      <Section title={text.drill}>
        <p class="soft">{text.drillLead}</p>
        <DrillResult />
      </Section>
    </Page>
  );
}

/** Whether a node is on; undefined: its hypervisor does not answer, so that nobody knows. */
function NodeState({ isOn }: { readonly isOn: boolean | undefined }) {
  const text = words.value;
  if (isOn === undefined) return <Mark tone="unknown">{common.value.unknown}</Mark>;
  return <Mark tone={isOn ? 'good' : 'bad'}>{isOn ? text.online : text.offline}</Mark>;
}

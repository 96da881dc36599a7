import type { Drill, DrillGuest, DrillProblem, Vm } from '@huismeester/contracts';
import { known, useList, useResource } from '../../api/resource.ts';
import { Fetched } from '../../parts/fetched.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Table } from '../../parts/table.tsx';
import { common } from '../../words/common.ts';
import { reasonText } from '../../words/reasons.ts';
import { stopwatch } from '../../words/time.ts';
import { words } from './words.ts';

/** The drill: whether the plan fits, what is the matter with it first, the stages, then guest by guest. */
export function DrillResult() {
  const drill = useResource<Drill>('/api/v1/drill', ['ups-monitor', 'vm-lifecycle', 'policy']);
  return (
    <Fetched of={drill} lines={6}>
      {(found) => (
        <div class="stack drill">
          <Verdict drill={found} />
          {found.problems.length > 0 && <Problems problems={found.problems} />}
          <Stages drill={found} />
          <Guests guests={found.guests} />
        </div>
      )}
    </Fetched>
  );
}

function Verdict({ drill: { fits, problems, empty_s } }: { readonly drill: Drill }) {
  const text = words.value;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return (
    <div>
      <p>
        <Mark tone={fits ? 'good' : 'bad'}>{fits ? text.fits : text.fitsNot(errors)}</Mark>
      </p>
      {empty_s !== undefined && <p class="small">{text.empty(stopwatch(empty_s))}</p>}
    </div>
  );
}

function Problems({ problems }: { readonly problems: readonly DrillProblem[] }) {
  const sorted = problems.toSorted((a, b) => Number(a.severity !== 'error') - Number(b.severity !== 'error'));
  return (
    <ul class="rows">
      {sorted.map((each) => (
        <li key={`${each.about} ${each.reason}`}>
          <p>
            <Mark tone={each.severity === 'error' ? 'bad' : 'warn'}>
              {common.value.terms.problemSeverities[each.severity]}: {each.about}
            </Mark>
          </p>
          <p>{reasonText(each)}</p>
        </li>
      ))}
    </ul>
  );
}

function Stages({ drill: { stages } }: { readonly drill: Drill }) {
  const text = words.value;
  if (stages.length === 0) return <p class="soft">{text.nothingHappens}</p>;
  return (
    <Table
      caption={text.drill}
      rows={stages}
      keyOf={({ ups, at_s, stage }) => `${ups} ${at_s} ${stage}`}
      columns={[
        { head: text.what, of: ({ stage }) => text.stage(common.value.terms.stages[stage]) },
        { head: text.after, of: ({ at_s }) => stopwatch(at_s), number: true },
        { head: text.why, of: (each) => reasonText(each) },
      ]}
    />
  );
}

/** Those that lose power first, then by when they go. */
function Guests({ guests }: { readonly guests: readonly DrillGuest[] }) {
  const text = words.value;
  const vms = useList<Vm>('/api/v1/vms', ['vm-lifecycle']);
  const names = new Map(known(vms)?.map(({ id, name }) => [id, name]));
  if (guests.length === 0) return null;
  const weight = ({ fate, at_s }: DrillGuest): number =>
    fate === 'loses-power' ? -1 : (at_s ?? Number.MAX_VALUE);
  const nameOf = ({ vm }: DrillGuest): string => names.get(vm) ?? vm;
  return (
    <>
      <h3>{text.guests}</h3>
      <Table
        caption={text.guests}
        rows={guests.toSorted((a, b) => weight(a) - weight(b))}
        keyOf={({ vm, hypervisor }) => `${hypervisor} ${vm}`}
        columns={[
          { head: text.who, of: (each) => <a href={`/vms/${each.vm}`}>{nameOf(each)}</a> },
          { head: text.what, of: (each) => <Fate guest={each} /> },
          { head: text.after, of: ({ at_s }) => timeOr(at_s), number: true },
          { head: text.offAt, of: ({ down_s }) => timeOr(down_s), number: true },
          { head: text.backAt, of: ({ back_s }) => timeOr(back_s), number: true },
        ]}
      />
    </>
  );
}

function Fate({ guest: { fate, mode } }: { readonly guest: DrillGuest }) {
  const text = common.value.terms.fates[fate];
  const acts = fate === 'shut-down' || fate === 'loses-power';
  if (fate === 'loses-power') return <Mark tone="bad">{text}</Mark>;
  return <>{acts && mode === 'dry-run' ? `${text} (${words.value.dryRun})` : text}</>;
}

function timeOr(seconds: number | undefined): string {
  return seconds === undefined ? common.value.none : stopwatch(seconds);
}

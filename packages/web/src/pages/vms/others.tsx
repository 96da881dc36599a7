import type { Vm } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { place } from '../../app/router.ts';
import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/field.tsx';
import { Mark } from '../../parts/mark.tsx';
import { common } from '../../words/common.ts';
import { language } from '../../words/language.ts';
import { byClass, matching, toneOf } from './model.ts';
import { words } from './words.ts';

/** So many are in sight at first: a key must be on the screen within 100 ms, however many there are. */
const few = 60;

/** All VMs that are somebody else’s, by class, with a filter that is typed. Long, since it is one block of the page, part after part. */
export function Others({ vms }: { readonly vms: readonly Vm[] }) {
  const text = words.value;
  const typed = useSignal(place.peek().query.get('q') ?? '');
  const isAll = useSignal<boolean>(false);
  const spoken = language.value;
  const wordsOf = useMemo(() => {
    const known = new Map(vms.map((vm) => [vm, wordsOfVm(vm)]));
    return (vm: Vm) => known.get(vm) ?? '';
  }, [vms, spoken]);
  const groups = useMemo(() => byClass(vms), [vms]);
  if (vms.length === 0) return <p class="soft">{text.noOthers}</p>;
  const found = groups
    .map(([of, all]) => [of, matching(all, typed.value, wordsOf)] as const)
    .filter(([, all]) => all.length > 0);
  const count = found.reduce((sum, [, all]) => sum + all.length, 0);
  let left = isAll.value ? count : few;
  const shown = found.map(([of, all]) => {
    const some = all.slice(0, left);
    left -= some.length;
    return [of, all.length, some] as const;
  });
  return (
    <div class="stack">
      <div class="narrow">
        <TextField
          type="search"
          label={text.search}
          hint={text.searchHint}
          value={typed.value}
          autocomplete="off"
          onInput={(value) => {
            typed.value = value;
          }}
        />
      </div>
      <p role="status" class="small">
        {count === 0 ? text.noMatch(typed.value) : text.found(count)}
      </p>
      {shown.map(
        ([of, all, some]) =>
          some.length > 0 && (
            <section key={of}>
              <h3 class="vm-class">
                {common.value.terms.classes[of]} <span class="soft">{all}</span>
              </h3>
              <ul class="vm-rows">
                {some.map((vm) => (
                  <Row key={vm.id} vm={vm} />
                ))}
              </ul>
            </section>
          ),
      )}
      {count > few && !isAll.value && (
        <p>
          <Button
            local
            onClick={() => {
              isAll.value = true;
            }}
          >
            {text.showAll(count)}
          </Button>
        </p>
      )}
    </div>
  );
}

function Row({ vm }: { readonly vm: Vm }) {
  const { id, name, node, status, unclaimed } = vm;
  const text = words.value;
  return (
    <li>
      <a class="strong" href={`/vms/${encodeURIComponent(id)}`}>
        {name}
      </a>
      <span class="small">
        {[text.id(id), text.onNode(node), unclaimed === true ? text.nobodys : ''].filter(Boolean).join(' · ')}
      </span>
      <Mark tone={toneOf(vm)}>{common.value.terms.statuses[status]}</Mark>
    </li>
  );
}

/** What somebody may type to find it. */
function wordsOfVm({ id, name, node, class: of, status, unclaimed }: Vm): string {
  const { classes, statuses } = common.value.terms;
  const own = [
    name,
    id,
    node,
    of,
    classes[of],
    status,
    statuses[status],
    unclaimed === true ? words.value.nobodys : '',
  ];
  return own.join(' ').toLowerCase();
}

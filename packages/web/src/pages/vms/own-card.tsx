import type { Creation, Decision, Lease, Vm, VmAct } from '@huismeester/contracts';
import { useAct } from '../../api/act.ts';
import { known, useResource } from '../../api/resource.ts';
import { useNow } from '../../app/clock.ts';
import { Button, ButtonLink } from '../../parts/button.tsx';
import { Copyable } from '../../parts/copy.tsx';
import { FailureNote } from '../../parts/failure.tsx';
import { Mark } from '../../parts/mark.tsx';
import { common } from '../../words/common.ts';
import { reasonText } from '../../words/reasons.ts';
import { moment, relative } from '../../words/time.ts';
import { Acting } from './acting.tsx';
import { dayAndTime, sizeText } from './amounts.ts';
import { askOf, renew } from './ask.ts';
import { isUnderWay, toneOf } from './model.ts';
import { words } from './words.ts';

/** A VM of one's own: how it is, until when, how to log in, and the one thing that is done with it most. */
export function OwnCard({
  vm,
  lease,
  act,
}: {
  readonly vm: Vm;
  /** Undefined: it has none; `unknown`: policy did not say. */
  readonly lease: Lease | undefined | 'unknown';
  readonly act: VmAct | undefined;
}) {
  const text = words.value;
  const { id, name, status, ssh } = vm;
  const isOff = status === 'stopped';
  const renewing = useAct(() => renew(vm));
  const starting = useAct(() => askOf(vm, 'start'));
  const failure = renewing.failure ?? starting.failure;
  const isBusy = act !== undefined && isUnderWay(act);
  return (
    <article class="card vm-card">
      <div class="card-head">
        <h3>
          <a href={`/vms/${encodeURIComponent(id)}`}>{name}</a>
        </h3>
        <Mark tone={toneOf(vm)}>{common.value.terms.statuses[status]}</Mark>
      </div>
      {isOff ? <WhyOff vm={vm} /> : <GoesOff vm={vm} lease={lease} />}
      {ssh !== undefined && !isOff && <Copyable text={ssh} what={text.address(name)} />}
      <Acting act={act} />
      {failure && <FailureNote failure={failure} />}
      <div class="acts">
        {!isOff && vm.lease !== undefined && (
          <Button
            busy={renewing.busy}
            label={text.actOf(text.renew, name)}
            onClick={() => void renewing.run()}
          >
            {text.renew}
          </Button>
        )}
        {isOff && !isBusy && (
          <Button
            busy={starting.busy}
            label={text.actOf(text.start, name)}
            onClick={() => void starting.run()}
          >
            {text.start}
          </Button>
        )}
      </div>
      <p class="small">{[text.id(id), text.onNode(vm.node), sizeText(vm)].filter(Boolean).join(' · ')}</p>
    </article>
  );
}

/** Until when it may run: by policy when it answers, else by its lease. */
export function GoesOff({
  vm,
  lease,
}: {
  readonly vm: Pick<Vm, 'lease'>;
  readonly lease: Lease | undefined | 'unknown';
}) {
  const text = words.value;
  const now = useNow();
  if (vm.lease === undefined) return <p>{text.noLease}</p>;
  if (lease === 'unknown' || lease === undefined) return <p class="soft">{text.goesOffUnknown}</p>;
  const { plannedStop, state, why, reasons } = lease;
  const isPlain = state === 'running' || state === 'warned';
  const isSoon = new Date(plannedStop).getTime() - now < 36 * 3_600_000;
  return (
    <>
      <p class={isSoon ? 'strong' : ''}>
        {text.goesOff(relative(plannedStop, now), dayAndTime(plannedStop))}
      </p>
      {!isPlain && <p class="small">{reasonText({ reason: why, ...(reasons && { reasons }) })}</p>}
    </>
  );
}

/** When it went off last time, and why: by the decision behind it, else by who or what did it. */
export function WhyOff({ vm: { stopped } }: { readonly vm: Pick<Vm, 'stopped'> }) {
  const text = words.value;
  const now = useNow();
  const decision = stopped?.decision;
  const path = decision && `/api/v1/decisions/${encodeURIComponent(decision)}`;
  const found = known(useResource<Decision>(path, ['policy']));
  if (stopped === undefined) return <p class="soft">{text.wentOffUnknown}</p>;
  const when = moment(stopped.at, now);
  if (found === undefined) return <p>{text.wentOffBy(when, common.value.terms.causes[stopped.by])}</p>;
  return (
    <p>
      {text.wentOff(when, reasonText(found))}{' '}
      <a href={`/decisions/${encodeURIComponent(found.id)}`}>{text.detail.why}</a>
    </p>
  );
}

/** One that is being made, or could not be. */
export function MakingCard({ making: { id, name, step, vm, ...size } }: { readonly making: Creation }) {
  const text = words.value;
  const isFailed = step === 'failed';
  return (
    <article class="card vm-card">
      <div class="card-head">
        <h3>{name}</h3>
        <Mark tone={isFailed ? 'bad' : 'warn'}>{isFailed ? text.makingFailed : text.making}</Mark>
      </div>
      <p class="small">{[text.id(vm), sizeText(size)].join(' · ')}</p>
      <div class="acts">
        <ButtonLink href={`/vms/new?making=${encodeURIComponent(id)}`}>{text.lookOf(name)}</ButtonLink>
      </div>
    </article>
  );
}

import type { Creation, Hypervisor } from '@huismeester/contracts';
import { done, useAct } from '../../api/act.ts';
import { send } from '../../api/request.ts';
import { known, useList, useResource } from '../../api/resource.ts';
import { go } from '../../app/router.ts';
import { Button, ButtonLink } from '../../parts/button.tsx';
import { Copyable } from '../../parts/copy.tsx';
import { FailureNote } from '../../parts/failure.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Shape } from '../../parts/mark.tsx';
import { Page } from '../../parts/page.tsx';
import { sizeText } from './amounts.ts';
import { type Step, stepsOf } from './model.ts';
import { words } from './words.ts';

const pathOf = (id: string): string => `/api/v1/creations/${encodeURIComponent(id)}`;
const tones = { done: 'good', now: 'warn', ahead: 'calm' } as const;

/** How the making of a VM goes, step by step, until one can log in. */
export function Following({ id }: { readonly id: string }) {
  const making = useResource<Creation>(pathOf(id), ['vm-lifecycle']);
  const found = known(making);
  return (
    <Page title={titleFor(found)} lead={found && [found.template, sizeText(found)].join(' · ')}>
      <Fetched of={making} lines={6}>
        {(value) => (
          <div class="stack narrow">
            <Ending making={value} />
            <Steps making={value} />
          </div>
        )}
      </Fetched>
    </Page>
  );
}

function titleFor(making: Creation | undefined): string {
  const text = words.value.new;
  if (making === undefined) return text.title;
  const { name, step } = making;
  if (step === 'done') return text.ready(name);
  return step === 'failed' || step === 'given-up' ? text.failedTitle(name) : text.following(name);
}

/** Why it does not go on right now: what its step failed for, or a hypervisor that does not answer, whose task cannot be looked at either. */
function useWaiting({ hypervisor, failure }: Creation): Creation['failure'] {
  const hypervisors = known(useList<Hypervisor>('/api/v1/hypervisors', ['vm-lifecycle'])) ?? [];
  const isAway = hypervisors.some(({ id, reachable }) => id === hypervisor && !reachable);
  return failure ?? (isAway ? 'unreachable' : undefined);
}

/** What there is to do: log in, wait, or try again. */
function Ending({ making }: { readonly making: Creation }) {
  const text = words.value.new;
  const { name, vm, step, ssh } = making;
  const failure = useWaiting(making);
  if (step === 'failed') return <FailedMaking making={making} />;
  if (step === 'given-up') return <p>{text.givenUp(name)}</p>;
  if (step !== 'done') {
    return (
      <>
        <p class="soft">{text.goingOn}</p>
        {failure !== undefined && (
          <div class="note warn" role="status">
            <p class="strong">{text.failures[failure]}</p>
            <p>{text.goesOnItself}</p>
          </div>
        )}
      </>
    );
  }
  return (
    <div class="card stack" role="status">
      {ssh === undefined ? (
        <>
          <p class="strong">{text.noAddress(name)}</p>
          <p>{text.noAddressNext}</p>
        </>
      ) : (
        <>
          <p class="strong">{text.readyLogIn}</p>
          <Copyable text={ssh} what={words.value.address(name)} />
        </>
      )}
      <div class="acts">
        <ButtonLink look="main" href={`/vms/${encodeURIComponent(vm)}`}>
          {text.toVm(name)}
        </ButtonLink>
        <ButtonLink href="/vms/new">{text.another}</ButtonLink>
      </div>
    </div>
  );
}

function FailedMaking({ making: { id, name, failure: why, error, hint } }: { readonly making: Creation }) {
  const text = words.value.new;
  const retry = useAct(() => send(`${pathOf(id)}/retry`, { method: 'POST', body: {} }));
  const leave = useAct(() => send(`${pathOf(id)}/giving-up`, { method: 'POST', body: {} }));
  const failure = retry.failure ?? leave.failure;
  return (
    <div class="note bad" role="alert">
      {why !== undefined && (
        <>
          <p class="strong">{text.failures[why]}</p>
          <p>{text.next[why]}</p>
        </>
      )}
      {error !== undefined && (
        <p class="small">
          {text.literally}: <span lang="en">«{[error, hint].filter(Boolean).join('. ')}»</span>
        </p>
      )}
      {failure && <FailureNote failure={failure} />}
      <div class="acts">
        <Button
          look="main"
          busy={retry.busy}
          label={words.value.actOf(text.retry, name)}
          onClick={() => void retry.run()}
        >
          {text.retry}
        </Button>
        <Button
          busy={leave.busy}
          label={words.value.actOf(text.giveUp, name)}
          onClick={() =>
            void leave.run().then((isDone) => {
              if (!isDone) return;
              done(text.givenUp(name));
              go('/vms');
            })
          }
        >
          {text.giveUp}
        </Button>
      </div>
    </div>
  );
}

function Steps({ making }: { readonly making: Creation }) {
  const steps = stepsOf(making);
  const said = words.value.creationSteps;
  const now = steps.find(({ is }) => is === 'now');
  return (
    <>
      <p role="status" class="for-readers">
        {now === undefined ? '' : said[now.step]}
      </p>
      <ol class="steps">
        {steps.map((each) => (
          <StepLine key={each.step} step={each} said={said[each.step]} />
        ))}
      </ol>
    </>
  );
}

function StepLine({ step: { is, took }, said }: { readonly step: Step; readonly said: string }) {
  const text = words.value.new;
  return (
    <li class={is}>
      <Shape tone={tones[is]} size={16} />
      <span>
        {said.slice(0, 1).toUpperCase()}
        {said.slice(1)}
        <span class="for-readers">: {text.step[is]}</span>
      </span>
      {took !== undefined && <span class="small took number">{text.seconds(took)}</span>}
    </li>
  );
}

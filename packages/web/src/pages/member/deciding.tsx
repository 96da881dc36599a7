import type { MemberAct } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { done, useAct } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import type { Failure } from '../../api/request.ts';
import { send } from '../../api/request.ts';
import { may, me, person } from '../../app/session.ts';
import { Button } from '../../parts/button.tsx';
import { ClauseLink } from '../../parts/clause.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { TextField } from '../../parts/field.tsx';
import { Section } from '../../parts/page.tsx';
import { type Asker, clauseOf, isAlone, mayAsk, needsReason } from './acts.ts';
import { DepartureOf, useDeparture } from './departure.tsx';
import type { Shown } from './shown.ts';
import { words } from './words.ts';

function asker(): Asker {
  const who = me.value;
  const isFull = who !== undefined && who !== 'nobody' && who.register === 'full';
  return { isFull: isFull && may('infrateam'), isBoard: isFull && may('board') };
}

/** What may be asked about a member: proposed by a full member, or done by a board member (TEAM-1, JOIN-3). */
export function Deciding({ of, called }: Shown) {
  const text = words.value;
  const asking = useSignal<MemberAct | undefined>(undefined);
  const who = asker();
  const acts = of.person === person() || of.proposal !== undefined ? [] : mayAsk(of.register, who);
  if (acts.length === 0) return null;
  return (
    <Section title={text.deciding}>
      <ul class="rows">
        {acts.map((act) => (
          <li key={act} class="row">
            <span>
              {isAlone(act, who) ? text.alone : text.twoNeeded} <ClauseLink clause={clauseOf[act]} />
            </span>
            <Button
              look={act === 'end' || act === 'suspend' ? 'danger' : 'plain'}
              onClick={() => {
                asking.value = act;
              }}
            >
              {text.acts[act](called)}
            </Button>
          </li>
        ))}
      </ul>
      {asking.value !== undefined && (
        <Ask
          of={of}
          called={called}
          act={asking.value}
          isAlone={isAlone(asking.value, who)}
          onClose={() => {
            asking.value = undefined;
          }}
        />
      )}
    </Section>
  );
}

interface Asking extends Shown {
  readonly act: MemberAct;
  readonly isAlone: boolean;
  readonly onClose: () => void;
}

function Ask({ of, called, act: which, isAlone: isAtOnce, onClose }: Asking) {
  const text = words.value;
  const takesOut = which === 'end' || which === 'suspend';
  const typed = useTypedName(takesOut && isAtOnce ? of.person : undefined, of.uid ?? of.person);
  const { values, set, clear } = useDraft(`member.${of.person}.${which}`, { because: '', days: '' });
  const act = useAct(async () => {
    const { because, days } = values;
    const body = {
      act: which,
      ...(because.trim() !== '' && { because: because.trim() }),
      ...(which === 'extend' && { days: Number(days) }),
      ...typed.body,
    };
    await send(`/api/v1/team/${of.person}/proposal`, { method: 'POST', body });
    clear();
    done(text.did);
  });
  const title = text.acts[which](called);
  return (
    <Confirm
      title={title}
      look={takesOut ? 'danger' : 'main'}
      name={typed.name(act.failure)}
      by={act}
      onClose={onClose}
    >
      <p>{text.actLeads[which]}</p>
      {which === 'end' && <DepartureOf person={of.person} />}
      {needsReason.has(which) && (
        <TextField
          label={text.because}
          hint={text.becauseHint}
          error={errorOf(act.failure, 'because')}
          value={values.because}
          rows={2}
          maxLength={1000}
          required
          onInput={(because) => set({ because })}
        />
      )}
      {which === 'extend' && (
        <TextField
          label={text.days}
          hint={text.daysHint}
          error={errorOf(act.failure, 'days')}
          type="number"
          value={values.days}
          required
          onInput={(days) => set({ days })}
        />
      )}
      <p class="small">{isAtOnce ? text.alone : text.twoNeeded}</p>
    </Confirm>
  );
}

/**
 * The login name that is typed where nobody of the board would be left in the team (BOARD-1): known from the preview, or from the refusal where policy
 * was away.
 */
export function useTypedName(who: string | undefined, uid: string) {
  const state = useDeparture(who).state.value;
  const endsBoard = state.kind === 'loaded' && state.value.endsBoard;
  const wasRefused = useSignal<boolean>(false);
  return {
    name(failure: Failure | undefined): string | undefined {
      const isRefused = failure?.kind === 'problem' && failure.problem.code === 'ends-board';
      if (isRefused && !wasRefused.peek()) wasRefused.value = true;
      return endsBoard || isRefused || wasRefused.value ? uid : undefined;
    },
    /** The dialog lets nobody through who did not type it. */
    get body(): { readonly confirm?: string } {
      return endsBoard || wasRefused.peek() ? { confirm: uid } : {};
    },
  };
}

/** To leave, at once; what follows stands beside it. */
export function Leave({ called }: { readonly called: string }) {
  const text = words.value;
  const isAsking = useSignal<boolean>(false);
  const id = person() ?? '';
  const who = me.value;
  const typed = useTypedName(id, who === undefined || who === 'nobody' ? id : (who.uid ?? id));
  const act = useAct(async () => {
    await send(`/api/v1/team/${id}/leaving`, { method: 'POST', body: typed.body });
    done(text.left);
  });
  const close = () => {
    isAsking.value = false;
  };
  return (
    <div class="acts">
      <Button
        look="danger"
        onClick={() => {
          isAsking.value = true;
        }}
      >
        {text.leave}
      </Button>
      {isAsking.value && (
        <Confirm
          title={`${text.leave}: ${called}`}
          act={text.leave}
          look="danger"
          name={typed.name(act.failure)}
          by={act}
          onClose={close}
        >
          <p>{text.leaveLead}</p>
          <DepartureOf person={id} />
        </Confirm>
      )}
    </div>
  );
}

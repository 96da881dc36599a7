import type { Violation } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { done, useAct } from '../../api/act.ts';
import { serverNow } from '../../app/clock.ts';
import { may } from '../../app/session.ts';
import { placeOf } from '../../app/subjects.ts';
import { Button } from '../../parts/button.tsx';
import { ClauseLink } from '../../parts/clause.tsx';
import { FailureNote } from '../../parts/failure.tsx';
import { Relative, When } from '../../parts/time.tsx';
import { reasonText } from '../../words/reasons.ts';
import { Accept, accept, withdraw } from './accept.tsx';
import { words } from './words.ts';

/** One violation: what, by which clause, since when, whose, and what became of it. */
export function ViolationLine({
  violation,
  nameOf,
}: {
  readonly violation: Violation;
  readonly nameOf: (id: string) => string;
}) {
  const text = words.value;
  const { about, clause, since, owner, accepted } = violation;
  const name = namedSubject(about, nameOf);
  return (
    <div class="violation" id={violation.violation}>
      <div class="row">
        <span>
          <a class="strong" href={placeOf(about)}>
            {name}
          </a>{' '}
          <ClauseLink clause={clause} />
        </span>
        {may('infrateam', 'administrator') && <Acts violation={violation} name={name} />}
      </div>
      <p>{reasonText(violation)}</p>
      <p class="small">
        <Relative at={since} />
        {owner !== undefined && `, ${text.owner(nameOf(owner.replace(/^person\//, '')))}`}
      </p>
      {accepted !== undefined && (
        <p class="small">
          {text.until} <When at={accepted.until} />: {accepted.because} {text.by(nameOf(accepted.by))}
        </p>
      )}
    </div>
  );
}

/** A subject with the name of a person in place of the id. */
export function namedSubject(subject: string, nameOf: (id: string) => string): string {
  return subject.startsWith('person/') ? nameOf(subject.slice('person/'.length)) : subject;
}

function Acts({ violation, name }: { readonly violation: Violation; readonly name: string }) {
  const text = words.value;
  const isAsking = useSignal<boolean>(false);
  const { violation: id, accepted } = violation;
  const stop = useAct(async () => {
    await withdraw(id);
    if (accepted === undefined) return;
    // To undo it is to accept it again, for the rest of its time.
    const left = Math.max(1, Math.ceil((Date.parse(accepted.until) - serverNow()) / 60_000));
    done(text.isWithdrawn(name), () => accept(id, { for: `${left}m`, because: accepted.because }));
  });
  return (
    <>
      {accepted === undefined ? (
        <Button
          label={text.acceptOne(name)}
          onClick={() => {
            isAsking.value = true;
          }}
        >
          {text.accept}
        </Button>
      ) : (
        <Button busy={stop.busy} label={text.withdrawOf(name)} onClick={() => void stop.run()}>
          {text.withdraw}
        </Button>
      )}
      {stop.failure && <FailureNote failure={stop.failure} />}
      {isAsking.value && (
        <Accept
          all={[violation]}
          what={name}
          onClose={() => {
            isAsking.value = false;
          }}
        />
      )}
    </>
  );
}

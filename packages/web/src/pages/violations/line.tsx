import type { Violation } from '@huismeester/contracts';
import { done, useAct } from '../../api/act.ts';
import { serverNow } from '../../app/clock.ts';
import { may } from '../../app/session.ts';
import { placeOf } from '../../app/subjects.ts';
import { Button } from '../../parts/button.tsx';
import { ClauseLink } from '../../parts/clause.tsx';
import { FailureNote } from '../../parts/failure.tsx';
import { useActors } from '../../parts/person.tsx';
import { Relative, When } from '../../parts/time.tsx';
import { reasonText } from '../../words/reasons.ts';
import { accept, follow, withdraw } from './accept.tsx';
import { words } from './words.ts';

interface Props {
  readonly violation: Violation;
  /** What a subject is called. */
  readonly nameOf: (subject: string) => string;
  /** Somebody wants to accept these. */
  readonly onAccept: (all: readonly Violation[], what: string) => void;
}

/** One violation: what, by which clause, since when, whose, and what became of it. */
export function ViolationLine({ violation, nameOf, onAccept }: Props) {
  const text = words.value;
  const { about, clause, since, owner, accepted } = violation;
  const name = nameOf(about);
  const nameOfActor = useActors();
  const ofPerson = (actor: string): string => nameOf(actor.replace(/^person:/, 'person/'));
  return (
    <div class="violation" id={violation.violation} tabIndex={-1}>
      <p>
        <a class="strong" href={placeOf(about)}>
          {name}
        </a>{' '}
        <ClauseLink clause={clause} />
      </p>
      <p>{reasonText(violation)}</p>
      <div class="row">
        <span class="small">
          <Relative at={since} />, {owner === undefined ? text.ownerNone : text.owner(ofPerson(owner))}
          {accepted !== undefined && (
            <>
              <br />
              {text.until} <When at={accepted.until} />: {accepted.because} (
              {text.by(nameOfActor(accepted.by))})
            </>
          )}
        </span>
        {may('infrateam', 'administrator') && <Acts violation={violation} name={name} onAccept={onAccept} />}
      </div>
    </div>
  );
}

function Acts({ violation, name, onAccept }: Omit<Props, 'nameOf'> & { readonly name: string }) {
  const text = words.value;
  const { violation: id, accepted } = violation;
  const stop = useAct(async () => {
    await withdraw(id);
    if (accepted === undefined) return;
    // To undo it is to accept it again, for the rest of its time.
    const left = Math.max(1, Math.ceil((Date.parse(accepted.until) - serverNow()) / 60_000));
    done(text.isWithdrawn(name), () => accept(id, { for: `${left}m`, because: accepted.because }));
  });
  if (accepted === undefined) {
    return (
      <Button label={text.acceptOne(name)} onClick={() => onAccept([violation], name)}>
        {text.accept}
      </Button>
    );
  }
  return (
    <>
      <Button
        busy={stop.busy}
        label={text.withdrawOf(name)}
        onClick={() => void stop.run().then((isDone) => isDone && follow(id))}
      >
        {text.withdraw}
      </Button>
      {stop.failure && <FailureNote failure={stop.failure} />}
    </>
  );
}

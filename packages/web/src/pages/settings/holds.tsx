import type { Hold } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { done, useAct } from '../../api/act.ts';
import { holdsPath, placeRest, releaseHold } from '../../api/holds.ts';
import { useList } from '../../api/resource.ts';
import { place as here, setQuery } from '../../app/router.ts';
import { may } from '../../app/session.ts';
import { placeOf } from '../../app/subjects.ts';
import { Button } from '../../parts/button.tsx';
import { FailureNote } from '../../parts/failure.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Section } from '../../parts/page.tsx';
import { useActors } from '../../parts/person.tsx';
import { When } from '../../parts/time.tsx';
import { PlaceHold } from './place-hold.tsx';
import { words } from './words.ts';

/** What is on hold, with buttons to release it and to put something else on hold. */
export function Holds() {
  const text = words.value;
  const holds = useList<Hold>(holdsPath, ['policy']);
  // A page of a thing leads here with what is to be put on hold.
  const { query } = here.value;
  const asked = query.get('hold') ?? undefined;
  const isPlacing = useSignal<boolean>(asked !== undefined);
  const act = may('infrateam', 'administrator') && (
    <Button
      onClick={() => {
        isPlacing.value = true;
      }}
    >
      {text.place}
    </Button>
  );
  return (
    <Section title={text.holds} act={act}>
      <p class="soft">{text.holdsLead}</p>
      <Fetched
        of={holds}
        empty={
          <>
            <p class="strong">{text.noHolds}</p>
            <p>{text.noHoldsNext}</p>
          </>
        }
      >
        {(all) => (
          <ul class="rows">
            {all.map((each) => (
              <li key={each.id}>
                <HoldLine hold={each} />
              </li>
            ))}
          </ul>
        )}
      </Fetched>
      {isPlacing.value && (
        <PlaceHold
          of={asked}
          onClose={() => {
            isPlacing.value = false;
            if (asked !== undefined) setQuery({ hold: undefined });
          }}
        />
      )}
    </Section>
  );
}

function HoldLine({ hold }: { readonly hold: Hold }) {
  const text = words.value;
  const { id, target, until, because, by } = hold;
  const nameOf = useActors();
  const release = useAct(async () => {
    await releaseHold(id);
    done(text.released(target), () => placeRest(hold));
  });
  return (
    <>
      <div class="row">
        <span>
          <a class="strong" href={placeOf(target)}>
            {target}
          </a>{' '}
          {text.until} <When at={until} />
        </span>
        {may('infrateam', 'administrator') && (
          <Button busy={release.busy} label={text.releaseOf(target)} onClick={() => void release.run()}>
            {text.release}
          </Button>
        )}
      </div>
      <p>
        {because} <span class="small">{text.by(nameOf(by))}</span>
      </p>
      {release.failure && <FailureNote failure={release.failure} />}
    </>
  );
}

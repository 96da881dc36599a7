import type { DeadLetter, ServiceName } from '@huismeester/contracts';
import { done, useAct } from '../../api/act.ts';
import { send } from '../../api/request.ts';
import { useList } from '../../api/resource.ts';
import { may } from '../../app/session.ts';
import { Button } from '../../parts/button.tsx';
import { FailureNote } from '../../parts/failure.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Section } from '../../parts/page.tsx';
import { Relative } from '../../parts/time.tsx';
import { serviceNames } from './service-names.ts';
import { words } from './words.ts';

/** Events that a service could not apply, by service. */
export function DeadLetters() {
  const text = words.value;
  return (
    <Section title={text.letters}>
      <p class="soft">{text.lettersLead}</p>
      <div class="stack">
        {serviceNames.map((name) => (
          <Letters key={name} name={name} />
        ))}
      </div>
    </Section>
  );
}

function Letters({ name }: { readonly name: ServiceName }) {
  const text = words.value;
  const letters = useList<DeadLetter>(`/api/v1/${name}/dead-letters`, [name]);
  return (
    <div class="letters">
      <h3>{name}</h3>
      <Fetched of={letters} forWhom={text.forTeam} lines={1}>
        {(all) =>
          all.length === 0 ? (
            <p class="soft">{text.noLetters}</p>
          ) : (
            <ul class="rows">
              {all.map((each) => (
                <li key={each.id}>
                  <Letter letter={each} />
                </li>
              ))}
            </ul>
          )
        }
      </Fetched>
    </div>
  );
}

function Letter({ letter: { id, service, subject, type, since, error } }: { readonly letter: DeadLetter }) {
  const text = words.value;
  const replay = useAct(async () => {
    await send(`/api/v1/${service}/dead-letters/${id}/replay`, { method: 'POST', body: {} });
    done(text.replayed(subject));
  });
  return (
    <>
      <div class="row">
        <span>
          <span class="strong">{subject}</span> <code>{type}</code> <Relative at={since} />
        </span>
        {may('infrateam', 'administrator') && (
          <Button busy={replay.busy} label={text.replayOf(subject)} onClick={() => void replay.run()}>
            {text.replay}
          </Button>
        )}
      </div>
      <p>{error ?? text.behind}</p>
      {replay.failure && <FailureNote failure={replay.failure} />}
    </>
  );
}

import type { ItemResource } from '@huismeester/contracts';
import { done, useAct } from '../../api/act.ts';
import { sendOnce } from '../../api/once.ts';
import { send } from '../../api/request.ts';
import { useNow } from '../../app/clock.ts';
import { may, person } from '../../app/session.ts';
import { Button } from '../../parts/button.tsx';
import { ClauseLink } from '../../parts/clause.tsx';
import { FailureNote } from '../../parts/failure.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Section } from '../../parts/page.tsx';
import { useNames } from '../../parts/person.tsx';
import { civil } from '../../words/time.ts';
import { words } from './words.ts';

type Steward = ItemResource['stewards'][number];

/** Who can run an item without help, and who learns to (TEAM-2). */
export function Stewards({ item }: { readonly item: ItemResource }) {
  const text = words.value;
  const own = person();
  const learn = useAct(async () => {
    const body = { item: item.id };
    const { value } = await sendOnce('/api/v1/stewards', body);
    const { id } = value as Steward;
    done(text.learnOf(item.name), () => send(`/api/v1/stewards/${id}`, { method: 'DELETE' }));
  });
  const isIn = item.stewards.some((each) => each.person === own);
  return (
    <Section title={text.stewards} act={<ClauseLink clause="TEAM-2" />}>
      {item.stewards.length === 0 ? (
        <p class="soft">{text.noStewards}</p>
      ) : (
        <ul class="rows">
          {item.stewards.map((each) => (
            <li key={each.id}>
              <StewardLine item={item} steward={each} />
            </li>
          ))}
        </ul>
      )}
      {own !== undefined && !isIn && item.infra && (
        <Button busy={learn.busy} label={text.learnOf(item.name)} onClick={() => void learn.run()}>
          {text.learn}
        </Button>
      )}
      {learn.failure && <FailureNote failure={learn.failure} />}
    </Section>
  );
}

function StewardLine({ item, steward }: { readonly item: ItemResource; readonly steward: Steward }) {
  const text = words.value;
  const who = useNames()(steward.person);
  const isOwn = steward.person === person();
  const path = `/api/v1/stewards/${steward.id}`;
  const confirm = useAct(async () => {
    await send(`${path}/confirmation`, { method: 'POST' });
    done(text.stillCanOf(item.name));
  });
  const promote = useAct(() => send(`${path}/promotion`, { method: 'POST' }));
  const stop = useAct(async () => {
    await send(path, { method: 'DELETE' });
    done(text.stopOf(who, item.name));
  });
  const failure = confirm.failure ?? promote.failure ?? stop.failure;
  const isTeam = may('infrateam');
  return (
    <>
      <div class="row">
        <span>
          <span class="strong">{who}</span> {text.terms.stewardRoles[steward.role]}{' '}
          <Counts steward={steward} />
        </span>
        <span class="acts">
          {isOwn && steward.role === 'steward' && (
            <Button busy={confirm.busy} label={text.stillCanOf(item.name)} onClick={() => void confirm.run()}>
              {text.stillCan}
            </Button>
          )}
          {!isOwn && steward.role === 'learner' && isTeam && (
            <Button busy={promote.busy} onClick={() => void promote.run()}>
              {text.promote(who)}
            </Button>
          )}
          {(isOwn || isTeam) && (
            <Button
              look="quiet"
              busy={stop.busy}
              label={text.stopOf(who, item.name)}
              onClick={() => void stop.run()}
            >
              {text.stop}
            </Button>
          )}
        </span>
      </div>
      {failure && <FailureNote failure={failure} />}
    </>
  );
}

/** A steward counts for 400 days after they last said that they can still do it. */
function Counts({ steward: { role, counts_until } }: { readonly steward: Steward }) {
  const text = words.value;
  const now = useNow();
  if (role === 'learner' || counts_until === undefined) return null;
  if (Date.parse(counts_until) <= now) return <Mark tone="warn">{text.countsNoMore}</Mark>;
  return (
    <span class="small">
      {text.counts(civil(counts_until, { day: 'numeric', month: 'long', year: 'numeric' }))}
    </span>
  );
}

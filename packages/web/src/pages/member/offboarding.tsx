import type { OffboardingResource } from '@huismeester/contracts';
import { useAct } from '../../api/act.ts';
import { send } from '../../api/request.ts';
import { may } from '../../app/session.ts';
import { Check } from '../../parts/choices.tsx';
import { ClauseLink } from '../../parts/clause.tsx';
import { Copyable } from '../../parts/copy.tsx';
import { FailureNote } from '../../parts/failure.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Section } from '../../parts/page.tsx';
import { commandText } from '../../words/reasons.ts';
import { words } from './words.ts';

/** What is to be done since somebody left, to be ticked (TEAM-2). */
export function Offboarding({ list }: { readonly list: OffboardingResource }) {
  const text = words.value;
  const { person, items, open, unknown } = list;
  const tick = useAct((item: string, isDone: boolean) =>
    send(`/api/v1/team/${person}/offboarding/${encodeURIComponent(item)}`, {
      method: 'PUT',
      body: { done: isDone },
    }),
  );
  return (
    <Section title={text.offboarding} act={<ClauseLink clause="TEAM-2" />}>
      <p class="soft">{text.toDo(open, items.length)}</p>
      {tick.failure && <FailureNote failure={tick.failure} />}
      <ul class="rows">
        {items.map(({ item, kind, what, name, state, command }) => {
          const label = `${text.kinds[kind]}${kind === 'wiki' ? '' : ` ${name ?? what}`}`;
          return (
            <li key={item}>
              {state === 'seen' ? (
                <p class="row">
                  {label} <Mark tone="good">{text.seen}</Mark>
                </p>
              ) : may('infrateam') ? (
                <Check
                  label={label}
                  value={state === 'done'}
                  onInput={(isDone) => void tick.run(item, isDone)}
                />
              ) : (
                <p>{label}</p>
              )}
              {command !== undefined && state === 'to-do' && (
                <Copyable text={commandText(command)} what={item} />
              )}
            </li>
          );
        })}
      </ul>
      {unknown.length > 0 && <Mark tone="unknown">{text.unread(unknown.join(', '))}</Mark>}
    </Section>
  );
}

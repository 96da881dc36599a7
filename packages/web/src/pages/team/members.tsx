import type { TeamResource } from '@huismeester/contracts';
import { ClauseLink } from '../../parts/clause.tsx';
import { Copyable } from '../../parts/copy.tsx';
import { Mark } from '../../parts/mark.tsx';
import { When } from '../../parts/time.tsx';
import type { Tone } from '../../parts/tone.ts';
import { common } from '../../words/common.ts';
import { commandText } from '../../words/reasons.ts';
import { words } from './words.ts';

type State = NonNullable<TeamResource['register']>;

const order: readonly (State | undefined)[] = ['full', 'trial', 'suspended', undefined, 'former'];
const tones: Readonly<Record<State, Tone>> = {
  full: 'good',
  trial: 'calm',
  suspended: 'warn',
  former: 'calm',
};

/** Everybody of the team, full members first; those who left in a list that opens. */
export function Members({ all }: { readonly all: readonly TeamResource[] }) {
  const text = words.value;
  const sorted = all.toSorted(
    (a, b) => order.indexOf(a.register) - order.indexOf(b.register) || calledOf(a).localeCompare(calledOf(b)),
  );
  const former = sorted.filter(({ register }) => register === 'former');
  const awaited = all.flatMap((member) => member.awaited.map((change) => ({ member, change })));
  return (
    <div class="stack">
      <ul class="cards">
        {sorted
          .filter(({ register }) => register !== 'former')
          .map((each) => (
            <li key={each.person} class="card member">
              <MemberCard member={each} />
            </li>
          ))}
      </ul>
      {awaited.map(({ member, change: { group, change, how, command, trouble } }) => (
        <div key={`${member.person} ${group}`} class="note warn">
          <p>
            {text.awaited[change](calledOf(member), common.value.terms.groups[group])}{' '}
            {how === 'ours' && text.awaitedOurs} <ClauseLink clause="TEAM-1" />
          </p>
          {command !== undefined && (
            <Copyable text={commandText(command)} what={text.commandFor(calledOf(member))} />
          )}
          {trouble !== undefined && (
            <p class="small" lang="en">
              {trouble}
            </p>
          )}
        </div>
      ))}
      {former.length > 0 && (
        <details>
          <summary>
            {text.former} ({former.length})
          </summary>
          <ul class="rows">
            {former.map((each) => (
              <li key={each.person}>
                <a href={`/team/${each.person}`}>{calledOf(each)}</a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function MemberCard({ member }: { readonly member: TeamResource }) {
  const text = words.value;
  const { register, until, groups, differs, person } = member;
  return (
    <>
      <span class="initials" aria-hidden="true">
        {initialsOf(calledOf(member))}
      </span>
      <div class="member-text">
        <h3>
          <a href={`/team/${person}`}>{calledOf(member)}</a>
        </h3>
        <p>
          {register === undefined ? (
            <Mark tone="unknown">{common.value.unknown}</Mark>
          ) : (
            <Mark tone={tones[register]}>{common.value.terms.registers[register]}</Mark>
          )}{' '}
          {groups.includes('board') && <span class="chip">{text.board}</span>}
        </p>
        {until !== undefined && (
          <p class="small">
            {text.until} <When at={until} />
          </p>
        )}
        {differs && (
          <p class="small">
            <Mark tone="warn">{text.differs}</Mark>
          </p>
        )}
      </div>
    </>
  );
}

function calledOf({ name, uid, person }: TeamResource): string {
  return name ?? uid ?? person.slice(0, 8);
}

/** `MW` of Mira de Wit. */
function initialsOf(name: string): string {
  const parts = name.split(' ');
  return `${parts[0]?.slice(0, 1) ?? ''}${parts.length > 1 ? (parts.at(-1)?.slice(0, 1) ?? '') : ''}`.toUpperCase();
}

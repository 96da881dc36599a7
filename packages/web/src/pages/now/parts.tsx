import type { Now } from '@huismeester/contracts';
import { placeOf } from '../../app/subjects.ts';
import { Mark } from '../../parts/mark.tsx';
import type { Tone } from '../../parts/tone.ts';
import { common } from '../../words/common.ts';
import { words } from './words.ts';

/** Core, UPSes and nodes, each in a tile. */
export function Parts({ now: { core, ups = [], nodes = [], counts } }: { readonly now: Now }) {
  const text = words.value;
  return (
    <ul class="tiles" aria-label={text.parts}>
      <Tile
        name={text.core}
        href={core.things?.[0] === undefined ? '/network' : placeOf(core.things[0].thing)}
        {...stateOfCore(core)}
      />
      {ups.map((each) => (
        <Tile key={each.id} name={text.ups(each.id)} href="/power" {...stateOfUps(each)} />
      ))}
      {nodes.map((each) => (
        <Tile key={each.id} name={text.node(each.node)} href="/power" {...stateOfNode(each)} />
      ))}
      {counts.holds > 0 && (
        <Tile
          name={text.holds(counts.holds)}
          href="/settings"
          tone="calm"
          state={common.value.terms.wishes['hands-off']}
        />
      )}
    </ul>
  );
}

interface Shown {
  readonly tone: Tone;
  readonly state: string;
}

function stateOfCore({ down }: Now['core']): Shown {
  if (down === undefined) return { tone: 'unknown', state: common.value.unknown };
  const text = words.value;
  return down === 0 ? { tone: 'good', state: text.coreFine } : { tone: 'bad', state: text.coreDown(down) };
}

/** A UPS that does not answer is unknown, however it was last. */
function stateOfUps({ mains, seen, charge_pct }: NonNullable<Now['ups']>[number]): Shown {
  const text = words.value;
  if (!seen) return { tone: 'unknown', state: text.unseen };
  const charge = charge_pct === undefined ? '' : `, ${text.charge(Math.round(charge_pct))}`;
  if (mains === 'unknown') return { tone: 'unknown', state: common.value.unknown };
  if (mains === 'on-battery') return { tone: 'bad', state: `${text.onBattery}${charge}` };
  return { tone: 'good', state: `${text.onMains}${charge}` };
}

function stateOfNode({ online }: NonNullable<Now['nodes']>[number]): Shown {
  const text = words.value;
  if (online === undefined) return { tone: 'unknown', state: common.value.unknown };
  return online ? { tone: 'good', state: text.online } : { tone: 'bad', state: text.offline };
}

function Tile({ name, href, tone, state }: Shown & { readonly name: string; readonly href: string }) {
  return (
    <li class="tile">
      <a href={href}>
        <span class="small">{name}</span>
        <Mark tone={tone}>{state}</Mark>
      </a>
    </li>
  );
}

import type { Hold } from '@huismeester/contracts';
import { known, useList } from '../../api/resource.ts';
import { may } from '../../app/session.ts';
import { ButtonLink } from '../../parts/button.tsx';
import { When } from '../../parts/time.tsx';
import { words } from './words.ts';

/** Until when somebody works on a thing; else, for whoever may, a way to say that one will. */
export function HeldUntil({ target, called }: { readonly target: string; readonly called: string }) {
  const text = words.value;
  const holds = known(useList<Hold>('/api/v1/holds', ['policy'])) ?? [];
  const held = holds.find((each) => each.target === target);
  if (held !== undefined) {
    return (
      <a class="chip" href="/settings">
        {text.held} <When at={held.until} />
      </a>
    );
  }
  if (!may('infrateam', 'administrator')) return null;
  return (
    <ButtonLink look="quiet" href={`/settings?hold=${encodeURIComponent(target)}`}>
      {text.hold}
      <span class="for-readers"> {called}</span>
    </ButtonLink>
  );
}

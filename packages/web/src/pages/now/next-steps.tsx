import type { Now } from '@huismeester/contracts';
import { may } from '../../app/session.ts';
import { Section } from '../../parts/page.tsx';
import { words } from './words.ts';

/** What the team can set up next; nothing where nothing is left, or for whoever cannot do it. */
export function NextSteps({ of: { dryRun = [], notSetUp = 0 } }: { readonly of: Now }) {
  const text = words.value;
  const isForUs = may('infrateam', 'administrator');
  if (!isForUs || (dryRun.length === 0 && notSetUp === 0)) return null;
  return (
    <Section title={text.setUp}>
      <ul class="rows">
        {dryRun.length > 0 && (
          <li>
            <a class="strong" href="/settings">
              {text.arm(dryRun.length)}
            </a>
            <p class="small">{text.armWhy}</p>
          </li>
        )}
        {notSetUp > 0 && (
          <li>
            <a class="strong" href="/policy?status=not-set-up">
              {text.notSetUp(notSetUp)}
            </a>
          </li>
        )}
      </ul>
    </Section>
  );
}

import type { Clause } from '@huismeester/contracts';
import { useList } from '../../api/resource.ts';
import { may } from '../../app/session.ts';
import { Section } from '../../parts/page.tsx';
import { words } from './words.ts';

/** What the team can set up next; nothing where nothing is left, or for whoever cannot do it. */
export function NextSteps({ dryRun }: { readonly dryRun: readonly string[] }) {
  const text = words.value;
  const isForUs = may('infrateam', 'administrator');
  const clauses = useList<Clause>(isForUs ? '/api/v1/clauses' : undefined, ['policy']);
  const state = clauses.state.value;
  const missing =
    state.kind === 'loaded' ? state.value.filter(({ status }) => status === 'not-set-up').length : 0;
  if (!isForUs || (dryRun.length === 0 && missing === 0)) return null;
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
        {missing > 0 && (
          <li>
            <a class="strong" href="/policy?status=not-set-up">
              {text.notSetUp(missing)}
            </a>
          </li>
        )}
      </ul>
    </Section>
  );
}

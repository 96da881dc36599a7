import type { Happened, Now } from '@huismeester/contracts';
import { Section } from '../../parts/page.tsx';
import { When } from '../../parts/time.tsx';
import { inLanguage } from '../../words/says.ts';
import { words } from './words.ts';

/** What happened last, each with where more of it stands. */
export function Last({ all }: { readonly all: NonNullable<Now['last']> }) {
  const text = words.value;
  return (
    <Section title={text.last} act={<a href="/decisions">{text.all}</a>}>
      {all.length === 0 ? (
        <p class="soft">{text.lastNothing}</p>
      ) : (
        <ul class="rows compact">
          {all.map((each) => (
            <li key={each.id} class="happened">
              <span class="small">
                <When at={each.time} />
              </span>
              <a class="alone" href={placeOf(each)}>
                {inLanguage(each.says)}
              </a>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function placeOf({ type, id }: Happened): string {
  const [kind] = type.split('.');
  return kind?.endsWith('-state') ? `/decisions/${id}` : (places[kind ?? ''] ?? '/settings');
}

const places: Readonly<Record<string, string>> = { outage: '/power' };

import type { Asked } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { placeOf } from '../../app/subjects.ts';
import { Button } from '../../parts/button.tsx';
import { ClauseLink } from '../../parts/clause.tsx';
import { Shape } from '../../parts/mark.tsx';
import { Relative } from '../../parts/time.tsx';
import type { Tone } from '../../parts/tone.ts';
import { inLanguage } from '../../words/says.ts';
import { words } from './words.ts';

/** So many are in sight at first. */
const few = 4;
const tones: Readonly<Record<Asked['severity'], Tone>> = { serious: 'bad', warning: 'warn', info: 'calm' };

/** What is asked of whoever looks, the most serious first. */
export function AskedList({ asked }: { readonly asked: readonly Asked[] }) {
  const text = words.value;
  const isAll = useSignal<boolean>(false);
  if (asked.length === 0) return <p class="soft">{text.nothingAsked}</p>;
  const shown = isAll.value ? asked : asked.slice(0, few);
  return (
    <>
      <ul class="asked">
        {shown.map((each) => (
          <li key={each.id} class="card">
            <Shape tone={tones[each.severity]} size={16} />
            <div class="asked-text">
              <p class="row">
                <a
                  class="strong"
                  href={isViolation(each) ? `/violations?clause=${each.clause}` : placeOf(each.subject)}
                >
                  {inLanguage(each.what)}
                </a>
                <ClauseLink clause={each.clause} />
              </p>
              <p>{inLanguage(each.why)}</p>
              {/* Of a violation it says no more than to look at it, and the line above leads there. */}
              {(each.until !== undefined || !isViolation(each)) && (
                <p class="small">
                  {inLanguage(each.todo)} {each.until !== undefined && <Relative at={each.until} />}
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
      {asked.length > few && (
        <Button
          look="quiet"
          local
          onClick={() => {
            isAll.value = !isAll.value;
          }}
        >
          {isAll.value ? text.fewer : text.askedMore(asked.length - few)}
        </Button>
      )}
    </>
  );
}

const isViolation = ({ kind }: Asked): boolean => kind.startsWith('violation:');

import type { Quota } from '@huismeester/contracts';
import { Meter } from '../../parts/meter.tsx';
import { amountText } from './errors.ts';
import { type Amounts, quotaWith } from './model.ts';
import { words } from './words.ts';

/** What somebody would use with one more VM, of what they may, as bars. */
export function QuotaBars({
  quota,
  size,
}: {
  readonly quota: Quota | undefined;
  readonly size: Amounts | undefined;
}) {
  const text = words.value.new;
  if (quota === undefined) return <p class="soft">{text.quotaUnknown}</p>;
  return (
    <fieldset class="field">
      <legend>{text.quota}</legend>
      <div class="quota">
        {quotaWith(quota, size).map(({ of, used, allowed }) => (
          <Meter
            key={of}
            label={text.rows[of]}
            text={text.ofAllowed(amountText(of, used), amountText(of, allowed))}
            part={allowed === 0 ? 1 : used / allowed}
            tone={used > allowed ? 'bad' : used === allowed ? 'warn' : 'good'}
          />
        ))}
      </div>
      <p class="hint">{text.quotaNote}</p>
    </fieldset>
  );
}

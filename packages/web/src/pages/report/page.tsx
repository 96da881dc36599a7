import type { ReportResource } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { done, newKey, useAct } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import { send } from '../../api/request.ts';
import { useList } from '../../api/resource.ts';
import { go } from '../../app/router.ts';
import { may } from '../../app/session.ts';
import { Button, ButtonLink } from '../../parts/button.tsx';
import { ClauseLink } from '../../parts/clause.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { Fetched } from '../../parts/fetched.tsx';
import { TextField } from '../../parts/field.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { When } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { AdviceList } from './advice.tsx';
import './style.css';
import { words } from './words.ts';

/** `/report`: reports to the board, and what the team advises it. */
export default function ReportsPage() {
  const text = words.value;
  const reports = useList<ReportResource>('/api/v1/reports', ['policy']);
  return (
    <Page
      title={common.value.pages.report}
      lead={text.lead}
      act={<ButtonLink href="/report/preview">{text.preview}</ButtonLink>}
    >
      <Section
        title={text.reports}
        act={
          <span class="row">
            <ClauseLink clause="BOARD-2" />
            {may('infrateam', 'board', 'administrator') && <Make />}
          </span>
        }
      >
        <Fetched
          of={reports}
          forWhom={text.forTeam}
          empty={
            <>
              <p class="strong">{text.none}</p>
              <p>
                {text.noneWhy} <a href="/report/preview">{text.preview}</a>
              </p>
            </>
          }
        >
          {(all) => (
            <ul class="rows">
              {all
                .toSorted((a, b) => b.made.localeCompare(a.made))
                .map((each) => (
                  <li key={each.id} class="row">
                    <ReportLine report={each} />
                  </li>
                ))}
            </ul>
          )}
        </Fetched>
      </Section>
      <AdviceList />
    </Page>
  );
}

function ReportLine({
  report: { id, how, made, deliveries, forwarded },
}: {
  readonly report: ReportResource;
}) {
  const text = words.value;
  const isDelivered = deliveries.some(({ state }) => state === 'delivered');
  const hasFailed = deliveries.some(({ state }) => state === 'failed');
  return (
    <>
      <div>
        <a class="strong" href={`/report/${id}`}>
          {text.title(id)}
        </a>
        <p class="small">
          {text.hows[how]} · {text.made} <When at={made} />
        </p>
      </div>
      <span class="row">
        {hasFailed && <Mark tone="warn">{text.states.failed}</Mark>}
        {isDelivered && <Mark tone="good">{text.states.delivered}</Mark>}
        {deliveries.length === 0 && <Mark tone="calm">{text.notSent}</Mark>}
        {forwarded !== undefined && <Mark tone="good">{text.forwardedBy}</Mark>}
      </span>
    </>
  );
}

/** A report of days that are over. */
function Make() {
  const text = words.value;
  const isAsking = useSignal<boolean>(false);
  const { values, set, clear } = useDraft('report', { from: '', to: '', key: newKey() });
  const act = useAct(async () => {
    const { from, to, key } = values;
    const { value } = await send('/api/v1/reports', { method: 'POST', body: { from, to }, key });
    clear();
    done(text.madeIt);
    go(`/report/${(value as ReportResource).id}`);
  });
  const close = () => {
    isAsking.value = false;
  };
  return (
    <>
      <Button
        onClick={() => {
          isAsking.value = true;
        }}
      >
        {text.make}
      </Button>
      {isAsking.value && (
        <Confirm title={text.make} by={act} onClose={close}>
          <p>{text.makeLead}</p>
          <TextField
            label={text.from}
            type="date"
            error={errorOf(act.failure, 'from')}
            value={values.from}
            required
            onInput={(from) => set({ from, key: newKey() })}
          />
          <TextField
            label={text.to}
            hint={text.toHint}
            type="date"
            error={errorOf(act.failure, 'to')}
            value={values.to}
            required
            onInput={(to) => set({ to, key: newKey() })}
          />
        </Confirm>
      )}
    </>
  );
}

import type { ReportResource } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { done } from '../../api/act.ts';
import { useActOn, useSeen } from '../../api/edit.ts';
import { send } from '../../api/request.ts';
import { known, type Resource, useResource } from '../../api/resource.ts';
import type { PageProps } from '../../app/page-props.ts';
import { may } from '../../app/session.ts';
import { Button } from '../../parts/button.tsx';
import { ClauseLink } from '../../parts/clause.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Mark } from '../../parts/mark.tsx';
import { OvertakenNote } from '../../parts/overtaken.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { useNames } from '../../parts/person.tsx';
import { When } from '../../parts/time.tsx';
import type { Tone } from '../../parts/tone.ts';
import { blocksOf } from './document.ts';
import { DocumentView, titleIn } from './document-view.tsx';
import './style.css';
import { words } from './words.ts';

const preview = 'preview';

/** `/report/:id`: a report as the server words it, with what one may do with it; `/report/preview`: what one of this month would say. */
export default function ReportPage({ params: { id = '' } }: PageProps) {
  const text = words.value;
  const isPreview = id === preview;
  const path = `/api/v1/reports/${encodeURIComponent(id)}`;
  const page = isPreview ? `${path}?format=html` : `${path}/html`;
  const html = useResource<string>(page, ['policy']);
  const report = useResource<ReportResource>(isPreview ? undefined : path, ['policy']);
  const found = html.state.value;
  const title = found.kind === 'loaded' ? titleIn(blocksOf(found.value)) : undefined;
  return (
    <Page
      title={title ?? (isPreview ? text.preview : text.title(id))}
      lead={
        <span class="not-printed">
          <a href="/report">{text.back}</a>
          {isPreview && <> · {text.previewLead}</>}
        </span>
      }
      act={
        <Button local onClick={() => print()}>
          {text.print}
        </Button>
      }
    >
      <Fetched of={html} forWhom={text.forTeam} lines={8}>
        {(content) => <DocumentView blocks={blocksOf(content)} />}
      </Fetched>
      {!isPreview && (
        <div class="not-printed">
          <Section title={text.delivery} act={<ClauseLink clause="BOARD-2" />}>
            <Fetched of={report} forWhom={text.forTeam}>
              {(of) => <Deliveries of={of} from={report} />}
            </Fetched>
            <p class="small">
              <a href={page}>{text.ownPage}</a>
            </p>
          </Section>
        </div>
      )}
    </Page>
  );
}

const tones: Readonly<Record<ReportResource['deliveries'][number]['state'], Tone>> = {
  queued: 'calm',
  delivered: 'good',
  failed: 'warn',
};

interface Of {
  readonly of: ReportResource;
  readonly from: Resource<ReportResource>;
}

function Deliveries({ of, from }: Of) {
  const text = words.value;
  const { forwarded } = of;
  return (
    <div class="stack">
      <Delivered of={of} />
      <div class="acts">
        {may('infrateam', 'board', 'administrator') && (
          <Say
            path={`/api/v1/reports/${of.id}/sending`}
            from={from}
            title={text.send(of.id)}
            lead={text.sendLead}
            said={text.sent(of.id)}
          />
        )}
        {may('board') && forwarded === undefined && (
          <Say
            path={`/api/v1/reports/${of.id}/forwarding`}
            from={from}
            title={text.forward(of.id)}
            lead={text.forwardLead}
            said={text.forwarded(of.id)}
          />
        )}
      </div>
    </div>
  );
}

/** To whom it went, and how far that is. */
function Delivered({ of: { deliveries, forwarded } }: Pick<Of, 'of'>) {
  const text = words.value;
  const name = useNames();
  return (
    <>
      {deliveries.length === 0 && <Mark tone="calm">{text.notSent}</Mark>}
      <ul class="rows">
        {deliveries.map(({ to, state, at }) => (
          <li key={to} class="row">
            <span>{to === 'board' ? text.board : name(to)}</span>
            <span class="row">
              <Mark tone={tones[state]}>{text.states[state]}</Mark> <When at={at} />
            </span>
          </li>
        ))}
        {forwarded !== undefined && (
          <li class="row">
            <Mark tone="good">{text.forwardedBy}</Mark> <When at={forwarded.at} />
          </li>
        )}
      </ul>
    </>
  );
}

interface Saying {
  readonly path: string;
  readonly from: Resource<ReportResource>;
  readonly title: string;
  readonly lead: string;
  readonly said: string;
}

/** An act without anything to fill in, which is asked about once more. */
function Say(props: Saying) {
  const isAsking = useSignal<boolean>(false);
  return (
    <>
      <Button
        onClick={() => {
          isAsking.value = true;
        }}
      >
        {props.title}
      </Button>
      {isAsking.value && (
        <Sure
          {...props}
          onClose={() => {
            isAsking.value = false;
          }}
        />
      )}
    </>
  );
}

function Sure({ path, from, title, lead, said, onClose }: Saying & { readonly onClose: () => void }) {
  const act = useActOn(useSeen(from), async (ifMatch) => {
    await send(path, { method: 'POST', ifMatch });
    done(said);
  });
  const now = known(from);
  return (
    <Confirm
      title={title}
      by={act}
      overtaken={<OvertakenNote now={now && <Delivered of={now} />} yours={title} />}
      onClose={onClose}
    >
      <p>{lead}</p>
    </Confirm>
  );
}

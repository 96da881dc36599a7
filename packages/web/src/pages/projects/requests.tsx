import type { Project, Promotion } from '@huismeester/contracts';
import { done, useAct } from '../../api/act.ts';
import { send } from '../../api/request.ts';
import { known, useList } from '../../api/resource.ts';
import { serverNow } from '../../app/clock.ts';
import { person } from '../../app/session.ts';
import { Button, ButtonLink } from '../../parts/button.tsx';
import { FailureNote } from '../../parts/failure.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Section } from '../../parts/page.tsx';
import { useNames } from '../../parts/person.tsx';
import { Facts } from '../../parts/table.tsx';
import type { Tone } from '../../parts/tone.ts';
import { common } from '../../words/common.ts';
import { moment } from '../../words/time.ts';
import { ActButton } from './act-button.tsx';
import { looker, make, promotionsPath, requestPath } from './ask.ts';
import { AskForRequest } from './ask-for.tsx';
import { Decide, TurnBack } from './decide.tsx';
import { runs } from './model.ts';
import { Transition } from './transition.tsx';
import { words } from './words.ts';

const tones: Readonly<Record<Promotion['state'], Tone>> = {
  pending: 'warn',
  granted: 'good',
  declined: 'calm',
  withdrawn: 'calm',
  undone: 'calm',
};

/** What was asked for a project, newest first, and what may be asked now. */
export function Requests({ project }: { readonly project: Project }) {
  const text = words.value.promotion;
  const path = `${promotionsPath}?project=${encodeURIComponent(project.id)}`;
  const requests = useList<Promotion>(path, ['vm-lifecycle']);
  const all = known(requests);
  // One request at a time: the next is asked for once that is carried out.
  const isOpen =
    all === undefined || all.some(({ state, done: isDone }) => state === 'pending' || isDone === false);
  const mayAsk = !isOpen && project.state === 'active' && runs(project, looker());
  return (
    <Section title={text.title} act={mayAsk && <AskForRequest project={project} />}>
      <Fetched of={requests} empty={<p>{text.none}</p>}>
        {(found) => (
          <ul class="stack">
            {found.map((each) => (
              <li key={each.id} class="card stack">
                <Request request={each} project={project} />
              </li>
            ))}
          </ul>
        )}
      </Fetched>
    </Section>
  );
}

/** What is asked for, in a few words. */
function whatOf({ kind, to }: Pick<Promotion, 'kind' | 'to'>): string {
  const text = words.value.promotion;
  return kind === 'promotion' && to !== undefined
    ? text.becomes(common.value.terms.classes[to])
    : text.oneMore;
}

function Request({ request, project }: { readonly request: Promotion; readonly project: Project }) {
  const text = words.value.promotion;
  const nameOf = useNames();
  const { requests: states, questions } = words.value.projectWording;
  const { id, kind, state, answers, because, requested_by, requested_at, users_count, decision, undone } =
    request;
  const by = text.by(nameOf(requested_by), moment(requested_at, serverNow()));
  const isForVm = kind === 'one-more-vm' && state === 'granted' && runs(project, looker());
  return (
    <>
      <div class="row">
        <h3>{whatOf(request)}</h3>
        <Mark tone={tones[state]}>{states[state]}</Mark>
      </div>
      <p class="small">
        {by}
        {users_count > 0 && ` · ${text.users(users_count)}`}
      </p>
      {because !== undefined && <p>{because}</p>}
      {answers !== undefined && (
        <div class="answers">
          <Facts
            of={[
              [questions.facilitates, answers.facilitates],
              [questions.needed, answers.needed],
              [questions['not-core'], answers['not-core']],
            ]}
          />
        </div>
      )}
      {decision !== undefined && <Judged how={states[statedAs(request)]} judged={decision} />}
      {undone !== undefined && <Judged how={states.undone} judged={undone} />}
      <Transition request={request} />
      <div class="acts">
        {state === 'pending' && <Pending request={request} project={project} />}
        {state === 'granted' && <TurnBack id={id} title={project.title} decision={decision} />}
        {isForVm && (
          <ButtonLink href={`/vms/new?project=${encodeURIComponent(project.id)}`}>{text.makeVm}</ButtonLink>
        )}
      </div>
    </>
  );
}

/** What the decision was, also after it was turned back. */
function statedAs({ state }: Promotion): Promotion['state'] {
  return state === 'undone' ? 'granted' : state;
}

function Judged({
  how,
  judged: { by, at, because },
}: {
  readonly how: string;
  readonly judged: NonNullable<Promotion['decision']>;
}) {
  const nameOf = useNames();
  return (
    <p>
      <span class="strong">{words.value.promotion.decision(how, nameOf(by), moment(at, serverNow()))}:</span>{' '}
      {because}
    </p>
  );
}

/** What may be done with a request that waits for the team. */
function Pending({
  request,
  project: { title },
}: {
  readonly request: Promotion;
  readonly project: Project;
}) {
  const text = words.value.promotion;
  const { id, users, requested_by } = request;
  const { isTeam } = looker();
  const using = useAct(() => make(`${requestPath(id)}/users`, {}));
  const own = person();
  return (
    <>
      {isTeam && <Decide request={request} title={title} />}
      {own !== undefined && !users.includes(own) && own !== requested_by && (
        <Button
          label={`${text.use}: ${title}`}
          busy={using.busy}
          onClick={() => void using.run().then((isDone) => isDone && done(text.used))}
        >
          {text.use}
        </Button>
      )}
      {(isTeam || own === requested_by) && (
        <ActButton
          text={text.withdraw}
          title={text.withdrawOf(title)}
          run={() => send(requestPath(id), { method: 'DELETE' })}
          said={text.withdrawn}
        >
          {() => <p>{text.withdrawSure}</p>}
        </ActButton>
      )}
      {using.failure && <FailureNote failure={using.failure} />}
    </>
  );
}

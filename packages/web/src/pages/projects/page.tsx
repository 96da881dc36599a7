import type { Project, Promotion } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { useDraft } from '../../api/draft.ts';
import { known, useList } from '../../api/resource.ts';
import { place } from '../../app/router.ts';
import { may, person } from '../../app/session.ts';
import { Check } from '../../parts/choices.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { Fetched } from '../../parts/fetched.tsx';
import { TextField } from '../../parts/field.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { useNames } from '../../parts/person.tsx';
import { common } from '../../words/common.ts';
import { ActButton } from './act-button.tsx';
import { make, promotionsPath } from './ask.ts';
import { inOrder, isOf } from './model.ts';
import './style.css';
import { Lacking } from '../../parts/lacking.tsx';
import { words } from './words.ts';

/** `/projects`: the register. */
export default function ProjectsPage() {
  const text = words.value;
  const projects = useList<Project>('/api/v1/projects', ['vm-lifecycle']);
  const empty = (
    <>
      <p class="strong">{text.none}</p>
      <p>{text.noneNext}</p>
    </>
  );
  return (
    <Page title={common.value.pages.projects} lead={text.lead} act={person() && <Register />}>
      <Fetched of={projects} empty={empty} lines={6}>
        {(all) => (
          <>
            <Waiting projects={all} />
            <List projects={all} />
          </>
        )}
      </Fetched>
    </Page>
  );
}

function Register() {
  const text = words.value;
  const { values, set, clear } = useDraft('new-project', { title: '', purpose: '' });
  const run = async (): Promise<void> => {
    const { title, purpose } = values;
    await make('/api/v1/projects', {
      title: title.trim(),
      ...(purpose.trim() !== '' && { purpose: purpose.trim() }),
    });
    clear();
  };
  return (
    <ActButton text={text.register} title={text.register} run={run} said={text.registered(values.title)}>
      {(failure) => (
        <>
          <p>{text.registerWhat}</p>
          <TextField
            label={text.fields.title}
            hint={text.fields.titleHint}
            error={errorOf(failure, 'title')}
            value={values.title}
            onInput={(title) => set({ title })}
            maxLength={80}
            required
          />
          <TextField
            label={text.fields.purpose}
            hint={common.value.optional}
            error={errorOf(failure, 'purpose')}
            value={values.purpose}
            onInput={(purpose) => set({ purpose })}
            rows={3}
          />
        </>
      )}
    </ActButton>
  );
}

/** The requests that the team is to decide on. */
function Waiting({ projects }: { readonly projects: readonly Project[] }) {
  const text = words.value;
  const pending = useList<Promotion>(`${promotionsPath}?state=pending`, ['vm-lifecycle']);
  const requests = known(pending) ?? [];
  const titles = new Map(projects.map(({ id, title }) => [id, title]));
  if (requests.length === 0) return <Lacking of={pending}>{text.lacks.requests}</Lacking>;
  return (
    <Section title={text.requests}>
      <ul class="rows">
        {requests.map(({ id, project, kind, to, users_count }) => (
          <li key={id} class="row">
            <a class="strong project-link" href={`/projects/${encodeURIComponent(project)}`}>
              {titles.get(project) ?? project}
            </a>
            <span>
              {kind === 'promotion' && to !== undefined
                ? text.promotion.becomes(common.value.terms.classes[to])
                : text.promotion.oneMore}
              {users_count > 0 && <span class="small"> · {text.promotion.users(users_count)}</span>}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function List({ projects }: { readonly projects: readonly Project[] }) {
  const text = words.value;
  const typed = useSignal(place.peek().query.get('q') ?? '');
  const isAll = useSignal<boolean>(false);
  const nameOf = useNames();
  // Participants read of others no more than an id.
  const seesNames = may('infrateam', 'trial', 'board', 'administrator');
  const wanted = typed.value.toLowerCase().trim();
  const found = inOrder(projects, person()).filter(
    (each) =>
      (isAll.value || each.state !== 'retired') &&
      (wanted === '' || `${each.title} ${each.purpose ?? ''} ${each.id}`.toLowerCase().includes(wanted)),
  );
  return (
    <Section title={text.all}>
      <div class="narrow">
        <TextField
          type="search"
          label={text.search}
          value={typed.value}
          autocomplete="off"
          onInput={(value) => {
            typed.value = value;
          }}
        />
        <Check
          label={text.over}
          value={isAll.value}
          onInput={(value) => {
            isAll.value = value;
          }}
        />
      </div>
      <p role="status" class="small">
        {found.length === 0 && wanted !== '' ? text.noMatch(typed.value) : text.found(found.length)}
      </p>
      <ul class="project-rows">
        {found.map((each) => (
          <Row
            key={each.id}
            project={each}
            owner={seesNames ? each.owner && nameOf(each.owner) : undefined}
          />
        ))}
      </ul>
    </Section>
  );
}

function Row({ project, owner }: { readonly project: Project; readonly owner: string | undefined }) {
  const text = words.value;
  const { id, title, class: of, vms, state, purpose } = project;
  const isMine = isOf(project, person());
  const more = [common.value.terms.classes[of], text.vms(vms.length), isMine ? text.yours : owner].filter(
    Boolean,
  );
  return (
    <li>
      <div class="row">
        <a class="strong" href={`/projects/${encodeURIComponent(id)}`}>
          {title}
        </a>
        {state !== 'active' && (
          <Mark tone={state === 'retiring' ? 'warn' : 'calm'}>
            {words.value.projectWording.states[state]}
          </Mark>
        )}
      </div>
      {purpose !== undefined && <p class="project-purpose">{purpose}</p>}
      <p class="small">{more.join(' · ')}</p>
    </li>
  );
}

import type { Project, ProjectWithHistory, Vm } from '@huismeester/contracts';
import { known, type Resource, useList, useResource } from '../../api/resource.ts';
import { serverNow } from '../../app/clock.ts';
import type { PageProps } from '../../app/page-props.ts';
import { ButtonLink } from '../../parts/button.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { useNames } from '../../parts/person.tsx';
import { Facts } from '../../parts/table.tsx';
import { When } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { moment } from '../../words/time.ts';
import { Agreement } from './agreement.tsx';
import { looker, pathOf } from './ask.ts';
import { Change } from './change.tsx';
import { End } from './end.tsx';
import { runs } from './model.ts';
import { Requests } from './requests.tsx';
import './style.css';
import { words } from './words.ts';

/** `/projects/:id`: one project, how it is managed, what was asked for it, and what happened. */
export default function ProjectPage({ params: { id = '' } }: PageProps) {
  const text = words.value;
  const project = useResource<ProjectWithHistory>(pathOf(id), ['vm-lifecycle']);
  const found = known(project);
  return (
    <Page title={found?.title ?? id} lead={found?.purpose}>
      <Fetched of={project} lines={6}>
        {(value) => (
          <>
            <Known project={value} of={project} />
            <Requests project={value} />
            <Agreement project={value} />
            <End project={value} />
            <Section title={text.history}>
              <History project={value} />
            </Section>
          </>
        )}
      </Fetched>
      <p class="section">
        <ButtonLink look="quiet" href="/projects">
          {text.all}
        </ButtonLink>
      </p>
    </Page>
  );
}

function Known({ project, of: resource }: { readonly project: Project; readonly of: Resource<Project> }) {
  const text = words.value;
  const nameOf = useNames();
  const { class: of, class_since, state, owner, people, managers, wiki, hardware, vms } = project;
  const listed = (all: readonly string[]): string =>
    all.length === 0 ? text.nobody : all.map(nameOf).join(', ');
  const isOpen = state !== 'retired' && runs(project, looker()) && (of !== 'core' || looker().isTeam);
  return (
    <div class="card stack project-card">
      {state !== 'active' && (
        <p>
          <Mark tone={state === 'retiring' ? 'warn' : 'calm'}>
            {words.value.projectWording.states[state]}
          </Mark>
        </p>
      )}
      <Facts
        of={[
          [text.facts.class, text.since(common.value.terms.classes[of], moment(class_since, serverNow()))],
          [text.facts.owner, owner === undefined ? text.nobody : nameOf(owner)],
          [text.facts.managers, listed(managers)],
          [text.facts.people, listed(people)],
          [text.facts.vms, <VmLinks key="vms" vms={vms} />],
          [text.facts.wiki, <Wiki key="wiki" wiki={wiki} />],
          [text.facts.hardware, hardware.length === 0 ? common.value.none : hardware.join(', ')],
        ]}
      />
      {isOpen && <Change project={project} of={resource} />}
    </div>
  );
}

function VmLinks({ vms }: { readonly vms: readonly string[] }) {
  const all = known(useList<Vm>('/api/v1/vms', ['vm-lifecycle'])) ?? [];
  const nameOf = new Map(all.map(({ id, name }) => [id, name]));
  if (vms.length === 0) return <>{words.value.vms(0)}</>;
  return (
    <>
      {vms.map((vm, index) => (
        <span key={vm}>
          {index > 0 && ', '}
          <a href={`/vms/${encodeURIComponent(vm)}`}>{nameOf.get(vm) ?? vm}</a>
        </span>
      ))}
    </>
  );
}

/** Only what is an address of the web becomes a link. */
function Wiki({ wiki }: { readonly wiki: string | undefined }) {
  if (wiki === undefined || wiki === '') return <>{words.value.noWiki}</>;
  if (!/^https?:\/\//.test(wiki)) return <>{wiki}</>;
  return (
    <a href={wiki} rel="noreferrer">
      {wiki.replace(/^https?:\/\//, '')}
    </a>
  );
}

type Say = (data: unknown, at: (iso: string) => string) => string;

/** What happened to it, newest first, as the log says it. */
function History({ project: { id, title, history } }: { readonly project: ProjectWithHistory }) {
  const said = words.value.projectSentences as Readonly<Record<string, Say>>;
  return (
    <ol class="rows">
      {history.toReversed().map(({ at, what, data, because }, index) => {
        const sentence = said[what]?.(data, (iso) => moment(iso, serverNow())) ?? what;
        // The log names it by its id; here people call it by its title.
        const plain = sentence.replaceAll(`${id} (${title}, `, `(${title}, `).replaceAll(id, title);
        return (
          <li key={`${at} ${index}`} class="row">
            <span>
              {plain.slice(0, 1).toUpperCase()}
              {plain.slice(1)}
              {because !== undefined && !plain.includes(because) && `: ${because}`}
            </span>
            <When at={at} />
          </li>
        );
      })}
    </ol>
  );
}

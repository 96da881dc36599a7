import type { Project, TeamResource } from '@huismeester/contracts';
import { useDraft } from '../../api/draft.ts';
import { send } from '../../api/request.ts';
import { known, useList } from '../../api/resource.ts';
import { serverNow } from '../../app/clock.ts';
import { Select } from '../../parts/choices.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { TextField } from '../../parts/field.tsx';
import { Section } from '../../parts/page.tsx';
import { useNames } from '../../parts/person.tsx';
import { moment } from '../../words/time.ts';
import { ActButton } from './act-button.tsx';
import { looker, make, pathOf } from './ask.ts';
import { runs } from './model.ts';
import { words } from './words.ts';

type Agreed = NonNullable<Project['agreement']>;

/** How a project is managed (SPACE-4): what holds, and what one side proposed. */
export function Agreement({ project }: { readonly project: Project }) {
  const text = words.value.agreement;
  const { agreement, proposed, state } = project;
  const who = looker();
  const mayPropose = state !== 'retired' && runs(project, who);
  // The other of the two than whose proposal it is.
  const other = proposed && (proposed.by === 'team' ? proposed.participant : proposed.team);
  return (
    <Section title={text.title} act={mayPropose && <Propose project={project} />}>
      <div class="stack">
        {agreement === undefined ? <p class="soft">{text.none}</p> : <Between agreed={agreement} />}
        {proposed !== undefined && (
          <div class="card stack">
            <h3>{text.proposed}</h3>
            <Between agreed={proposed} />
            <p class="small">{text.waits}</p>
            {other === who.person && (
              <div class="acts">
                <ActButton
                  text={text.consent}
                  title={text.consentOf(project.title)}
                  look="main"
                  run={() => make(`${pathOf(project.id)}/agreement/consent`, {})}
                  said={text.consented(project.title)}
                >
                  {() => (
                    <>
                      <p>{text.sure}</p>
                      <p class="agreed">{proposed.text}</p>
                    </>
                  )}
                </ActButton>
              </div>
            )}
          </div>
        )}
      </div>
    </Section>
  );
}

function Between({ agreed: { participant, team, since, text: agreed } }: { readonly agreed: Agreed }) {
  const nameOf = useNames();
  return (
    <>
      <p class="agreed">{agreed}</p>
      <p class="small">
        {words.value.agreement.between(nameOf(participant), nameOf(team), moment(since, serverNow()))}
      </p>
    </>
  );
}

/** Proposes an agreement, or another one. Long, since it is a form, one field after another. */
function Propose({ project }: { readonly project: Project }) {
  const text = words.value.agreement;
  const nameOf = useNames();
  const who = looker();
  const members = known(useList<TeamResource>('/api/v1/team', ['membership'])) ?? [];
  const full = members.filter(({ roles }) => roles.includes('infrateam'));
  const sides = [...new Set([project.owner ?? [], project.managers].flat())];
  const { values, set, clear } = useDraft(`agreement ${project.id}`, {
    participant: (who.person !== undefined && sides.includes(who.person) ? who.person : sides[0]) ?? '',
    team: (who.isTeam ? who.person : undefined) ?? '',
    text: project.agreement?.text ?? '',
  });
  const run = async (): Promise<void> => {
    await send(`${pathOf(project.id)}/agreement`, { method: 'PUT', body: values });
    clear();
  };
  const first = { value: '', text: text.choose };
  return (
    <ActButton
      text={text.propose}
      title={text.proposeOf(project.title)}
      act={text.propose}
      run={run}
      said={text.done(project.title)}
    >
      {(failure) => (
        <>
          <p>{text.what}</p>
          <Select
            label={text.participant}
            error={errorOf(failure, 'participant')}
            value={values.participant}
            onInput={(participant) => set({ participant })}
            options={[first, ...sides.map((id) => ({ value: id, text: nameOf(id) }))]}
          />
          <Select
            label={text.team}
            error={errorOf(failure, 'team')}
            value={values.team}
            onInput={(team) => set({ team })}
            options={[
              first,
              ...full.map(({ person, name, uid }) => ({
                value: person,
                text: name ?? uid ?? nameOf(person),
              })),
            ]}
          />
          <TextField
            label={text.text}
            error={errorOf(failure, 'text')}
            value={values.text}
            onInput={(value) => set({ text: value })}
            rows={6}
            required
          />
        </>
      )}
    </ActButton>
  );
}

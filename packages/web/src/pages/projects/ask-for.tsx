import type { Criteria, Project } from '@huismeester/contracts';
import { useDraft } from '../../api/draft.ts';
import type { Failure } from '../../api/request.ts';
import { errorOf } from '../../parts/error-of.ts';
import { TextField } from '../../parts/field.tsx';
import { ActButton } from './act-button.tsx';
import { looker, make, promotionsPath } from './ask.ts';
import { Because } from './because.tsx';
import { words } from './words.ts';

const criteria = ['facilitates', 'needed', 'not-core'] as const satisfies readonly (keyof Criteria)[];

/** What may be asked for a project, by its class: to become space-wide, to become core, or one more VM. */
export function AskForRequest({ project }: { readonly project: Project }) {
  if (project.class === 'participant') return <AskSpaceWide project={project} />;
  if (project.class !== 'space-wide') return null;
  return (
    <div class="acts">
      <AskBecause project={project} kind="one-more-vm" />
      {looker().isTeam && <AskBecause project={project} kind="core" />}
    </div>
  );
}

/** By the three criteria of SPACE-1, each a question. */
function AskSpaceWide({ project: { id, title } }: { readonly project: Project }) {
  const text = words.value.promotion;
  const { questions } = words.value.projectWording;
  const { values, set, clear } = useDraft(`ask ${id}`, { facilitates: '', needed: '', 'not-core': '' });
  const run = async (): Promise<void> => {
    await make(promotionsPath, { project: id, to: 'space-wide', answers: values });
    clear();
  };
  return (
    <ActButton text={text.ask} title={text.askOf(title)} act={text.send} run={run} said={text.asked(title)}>
      {(failure) => (
        <>
          <p>{text.askWhat}</p>
          {criteria.map((each) => (
            <TextField
              key={each}
              label={questions[each]}
              error={errorOf(failure, `answers.${each}`)}
              value={values[each]}
              onInput={(value) => set({ [each]: value })}
              rows={2}
              maxLength={500}
              required
            />
          ))}
        </>
      )}
    </ActButton>
  );
}

function AskBecause({
  project: { id, title },
  kind,
}: {
  readonly project: Project;
  readonly kind: 'one-more-vm' | 'core';
}) {
  const text = words.value.promotion;
  const { values, set, clear } = useDraft(`ask ${kind} ${id}`, { because: '' });
  const what = kind === 'core' ? { to: 'core' } : { kind };
  const run = async (): Promise<void> => {
    await make(promotionsPath, { project: id, ...what, because: values.because.trim() });
    clear();
  };
  const isCore = kind === 'core';
  return (
    <ActButton
      text={isCore ? text.askCore : text.askVm}
      title={isCore ? text.askCoreOf(title) : text.askVmOf(title)}
      act={text.send}
      run={run}
      said={text.asked(title)}
    >
      {(failure: Failure | undefined) => (
        <>
          <p>{isCore ? text.askCoreWhat : text.askVmWhat}</p>
          <Because value={values.because} failure={failure} onInput={(because) => set({ because })} />
        </>
      )}
    </ActButton>
  );
}

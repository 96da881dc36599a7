import type { Project } from '@huismeester/contracts';
import { useDraft } from '../../api/draft.ts';
import { send } from '../../api/request.ts';
import { Section } from '../../parts/page.tsx';
import { useNames } from '../../parts/person.tsx';
import { ActButton } from './act-button.tsx';
import { looker, make, pathOf } from './ask.ts';
import { Because } from './because.tsx';
import { words } from './words.ts';

/** How a project ends: two full members for the team, or its owner gives up one of a participant's without VMs. */
export function End({ project }: { readonly project: Project }) {
  const text = words.value.end;
  const nameOf = useNames();
  const { state, retiring, class: of, owner } = project;
  const { person, isTeam } = looker();
  const mayGiveUp = of === 'participant' && (isTeam || (person !== undefined && owner === person));
  if (state === 'retired' || (!isTeam && !mayGiveUp && retiring === undefined)) return null;
  return (
    <Section title={text.title}>
      <div class="stack">
        {retiring !== undefined && (
          <p class="note warn">{text.retiring(nameOf(retiring.person), retiring.because)}</p>
        )}
        <div class="acts">
          {isTeam && state === 'active' && <Retire project={project} />}
          {isTeam && retiring !== undefined && (
            <Confirmation project={project} isOwn={retiring.person === person} />
          )}
          {mayGiveUp && <GiveUp project={project} />}
        </div>
      </div>
    </Section>
  );
}

function Retire({ project: { id, title } }: { readonly project: Project }) {
  const text = words.value.end;
  const { values, set, clear } = useDraft(`retire ${id}`, { because: '' });
  const path = `${pathOf(id)}/retirement`;
  const run = async (): Promise<void> => {
    await make(path, { because: values.because.trim() });
    clear();
  };
  return (
    <ActButton
      text={text.retire}
      title={text.retireOf(title)}
      run={run}
      said={text.asked(title)}
      undo={() => send(path, { method: 'DELETE' })}
    >
      {(failure) => (
        <>
          <p>{text.retireWhat}</p>
          <Because value={values.because} failure={failure} onInput={(because) => set({ because })} />
        </>
      )}
    </ActButton>
  );
}

/** Another full member than who asked for it confirms it; whoever is of the team may let it go on. */
function Confirmation({
  project: { id, title },
  isOwn,
}: {
  readonly project: Project;
  readonly isOwn: boolean;
}) {
  const text = words.value.end;
  const path = `${pathOf(id)}/retirement`;
  return (
    <>
      <ActButton
        text={text.keep}
        title={text.keepOf(title)}
        run={() => send(path, { method: 'DELETE' })}
        said={text.kept(title)}
      >
        {() => <p>{text.kept(title)}</p>}
      </ActButton>
      {!isOwn && (
        <ActButton
          text={text.confirm}
          title={text.confirmOf(title)}
          look="danger"
          name={title}
          run={() => make(`${path}/confirmation`, {})}
          said={text.retired(title)}
        >
          {() => <p>{text.confirmWhat}</p>}
        </ActButton>
      )}
    </>
  );
}

function GiveUp({ project: { id, title, vms } }: { readonly project: Project }) {
  const text = words.value.end;
  return (
    <ActButton
      text={text.giveUp}
      title={text.giveUpOf(title)}
      look="danger"
      name={title}
      why={vms.length > 0 ? text.hasVms : undefined}
      run={() => send(pathOf(id), { method: 'DELETE' })}
      said={text.givenUp(title)}
    >
      {() => <p>{text.giveUpWhat}</p>}
    </ActButton>
  );
}

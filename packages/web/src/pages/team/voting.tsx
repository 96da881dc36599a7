import type { Ballot, Vote } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { done, useAct } from '../../api/act.ts';
import { useDraft } from '../../api/draft.ts';
import { Failed } from '../../api/request.ts';
import { person } from '../../app/session.ts';
import { Button } from '../../parts/button.tsx';
import { ClauseLink } from '../../parts/clause.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { errorOf } from '../../parts/error-of.ts';
import { FailureNote } from '../../parts/failure.tsx';
import { TextField } from '../../parts/field.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Section } from '../../parts/page.tsx';
import { useNames } from '../../parts/person.tsx';
import { Relative } from '../../parts/time.tsx';
import type { Tone } from '../../parts/tone.ts';
import { common } from '../../words/common.ts';
import { type Deciding, decidingOf } from './applications.ts';
import { sendAbout } from './send-application.ts';
import type { Shown } from './shown.ts';
import { words } from './words.ts';

const votes = ['yes', 'no', 'abstain'] as const satisfies readonly Vote[];

/** The vote of a full member; one that decides is asked about first, with what it decides. Long, since it is a form, one field after another. */
export function Voting({ of, called }: Shown) {
  const text = words.value;
  const { terms } = common.value;
  const { values, set, clear } = useDraft(`vote.${of.id}`, { because: '' });
  const asking = useSignal<Deciding | undefined>(undefined);
  const act = useAct(async (vote: Vote, decides?: Deciding['outcome']) => {
    const because = values.because.trim();
    const body = { vote, ...(because !== '' && { because }), ...(decides && { decides }) };
    try {
      await sendAbout(of, '/vote', { method: 'PUT', body });
    } catch (error) {
      // Others have voted since: it is asked about anew, with what it decides now.
      const deciding = error instanceof Failed ? decidingOf(vote, error.failure) : undefined;
      if (deciding === undefined) throw error;
      asking.value = deciding;
      return;
    }
    asking.value = undefined;
    clear();
    done(text.cast(called, terms.votes[vote]));
  });
  const choose = (vote: Vote): void => {
    const outcome = of.would?.[vote];
    if (outcome === undefined) void act.run(vote);
    else asking.value = { vote, outcome, hasChanged: false };
  };
  const own = of.votes?.find((each) => each.person === person())?.vote;
  const asked = asking.value;
  return (
    <Section title={text.vote} act={<ClauseLink clause="JOIN-1" />}>
      <div class="card form">
        <p>
          {own !== undefined && <strong>{text.yourVote(terms.votes[own])}. </strong>}
          {text.voteLead}
        </p>
        <TextField
          label={text.because}
          hint={text.becauseHint}
          error={errorOf(act.failure, 'because')}
          value={values.because}
          rows={2}
          maxLength={1000}
          onInput={(because) => set({ because })}
        />
        {act.failure && asked === undefined && <FailureNote failure={act.failure} />}
        <div class="acts">
          {votes.map((vote) => (
            <Button
              key={vote}
              look={vote === 'yes' ? 'main' : 'plain'}
              busy={act.busy}
              label={text.voteFor(terms.votes[vote], called)}
              onClick={() => choose(vote)}
            >
              {capital(terms.votes[vote])}
            </Button>
          ))}
        </div>
      </div>
      {asked !== undefined && (
        <Confirm
          title={text.voteFor(terms.votes[asked.vote], called)}
          act={text.castIt(terms.votes[asked.vote])}
          by={{ busy: act.busy, failure: act.failure, run: () => act.run(asked.vote, asked.outcome) }}
          onClose={() => {
            asking.value = undefined;
            act.clear();
          }}
          // It may ask once more, and then stays open.
          onConfirm={() => void act.run(asked.vote, asked.outcome)}
        >
          {asked.hasChanged && <p>{text.changedMeanwhile}</p>}
          <p class="strong">
            {asked.outcome === undefined
              ? text.decidesNot
              : text.decides(terms.votes[asked.vote], terms.voteOutcomes[asked.outcome])}
          </p>
        </Confirm>
      )}
    </Section>
  );
}

const capital = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;

const tones: Readonly<Record<Vote, Tone>> = { yes: 'good', no: 'bad', abstain: 'calm' };

/** Who voted, and how for those who may know. */
export function Ballots({ of: { votes: ballots, voted = [] } }: Shown) {
  const text = words.value;
  const name = useNames();
  if (ballots === undefined) {
    return (
      <>
        <p>{voted.length === 0 ? text.votesNone : voted.map(name).join(', ')}</p>
        <p class="small">{text.votesHidden}</p>
      </>
    );
  }
  if (ballots.length === 0) return <p class="soft">{text.votesNone}</p>;
  return (
    <ul class="rows">
      {ballots.map((each) => (
        <li key={each.person}>
          <BallotLine ballot={each} who={name(each.person)} />
        </li>
      ))}
    </ul>
  );
}

function BallotLine({ ballot, who }: { readonly ballot: Ballot; readonly who: string }) {
  const text = words.value;
  const { vote, no_objection: hasNone, because, at, counts } = ballot;
  return (
    <>
      <p class="row">
        <span class="strong">{who}</span>
        <span class="row">
          {vote !== undefined && <Mark tone={tones[vote]}>{common.value.terms.votes[vote]}</Mark>}
          {hasNone && <Mark tone="good">{text.noObjection}</Mark>}
          <span class="small">
            <Relative at={at} />
          </span>
        </span>
      </p>
      {because !== undefined && <p>{because}</p>}
      {vote !== undefined && !counts && <p class="small">{text.countsNot}</p>}
    </>
  );
}

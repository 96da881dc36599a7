import {
  ApplicationResource,
  PersonResource,
  page,
  type Vote,
  type VoteOutcome,
} from '@huismeester/contracts';
import { Value } from 'typebox/value';
import { type Ask, withLocalApi } from './local-api.ts';
import { untilDone } from './until-done.ts';

/** An application of the demo, and who does what about it, in order. */
interface Story {
  readonly of: string;
  /** The full member who applies for them; they consent, unless it is to wait for that. */
  readonly backer?: string;
  readonly acts: readonly Act[];
}

type Act =
  | {
      readonly by: string;
      readonly vote: Vote;
      readonly because?: string;
      /** What it decides, where it is the last one that counts. */
      readonly decides?: VoteOutcome;
    }
  | { readonly by: string; readonly withdraws: true }
  | { readonly by: string; readonly vetoes: string };

/** One in every state; full members are mira, teun and saar, who is of the board. Who applied before does so again. */
const stories: readonly Story[] = [
  { of: 'fleur', acts: [{ by: 'fleur', withdraws: true }] },
  {
    of: 'jelle',
    acts: [
      { by: 'mira', vote: 'no', because: 'Demo: too soon' },
      { by: 'teun', vote: 'no', decides: 'rejected' },
    ],
  },
  // One vote is left, and two are needed: not decided.
  {
    of: 'fleur',
    acts: [
      { by: 'mira', vote: 'abstain' },
      { by: 'teun', vote: 'abstain', decides: 'lapsed' },
    ],
  },
  {
    of: 'jelle',
    acts: [
      { by: 'mira', vote: 'yes' },
      { by: 'saar', vetoes: 'Demo: we agreed on one new member a month' },
    ],
  },
  {
    of: 'roos',
    acts: [
      { by: 'saar', vote: 'yes' },
      { by: 'mira', vote: 'yes', decides: 'approved', because: 'Demo: she has run the bar PC for years' },
    ],
  },
  {
    of: 'daan',
    acts: [
      { by: 'mira', vote: 'yes' },
      { by: 'teun', vote: 'yes', decides: 'approved' },
    ],
  },
  { of: 'lisa', acts: [{ by: 'mira', vote: 'yes', because: 'Demo: she knows the network' }] },
  { of: 'sem', backer: 'teun', acts: [] },
];

/** How far a story is that was begun since the start. */
interface Begun {
  readonly id: string;
  readonly left: Act[];
}

/**
 * Makes the applications of the demo, as people would over the local socket. One that was there at the start is left as it is, whatever became of it
 * since.
 */
export function makeApplications(socketPath: string): { close(): Promise<void> } {
  const begun = new Map<Story, Begun | 'there'>();
  return untilDone(() =>
    withLocalApi(socketPath, async (ask) => {
      const { results: people } = Value.Parse(page(PersonResource), await ask('GET', '/people'));
      if (begun.size === 0) await leaveThoseThatAreThere(begun, people, ask);
      for (const story of stories) {
        const known = begun.get(story) ?? (await begin(story, people, ask));
        begun.set(story, known);
        if (known !== 'there') await goOn(known, ask);
      }
    }),
  );
}

/** Of a person the first stories are those that are there: they are told in this order. */
async function leaveThoseThatAreThere(
  begun: Map<Story, Begun | 'there'>,
  people: readonly PersonResource[],
  ask: Ask,
): Promise<void> {
  const { results } = Value.Parse(page(ApplicationResource), await ask('GET', '/applications?limit=1000'));
  for (const [uid, own] of Map.groupBy(stories, ({ of }) => of)) {
    const id = people.find((each) => each.uid === uid)?.id;
    const there = results.filter(({ person }) => person === id).length;
    for (const story of own.slice(0, there)) begun.set(story, 'there');
  }
}

async function begin(
  { of, backer, acts }: Story,
  people: readonly PersonResource[],
  ask: Ask,
): Promise<Begun> {
  const person = people.find(({ uid }) => uid === of)?.id;
  const made = await ask('POST', '/applications', backer === undefined ? {} : { person }, backer ?? of);
  return { id: Value.Parse(ApplicationResource, made).id, left: [...acts] };
}

/** Does what is left to do, and forgets what is done: what is refused is tried again. */
async function goOn({ id, left }: Begun, ask: Ask): Promise<void> {
  const path = `/applications/${id}`;
  for (let act = left[0]; act !== undefined; act = left[0]) {
    if ('withdraws' in act) await ask('DELETE', path, {}, act.by);
    else if ('vetoes' in act) await ask('POST', `${path}/veto`, { because: act.vetoes }, act.by);
    else {
      const { by, ...vote } = act;
      await ask('PUT', `${path}/vote`, vote, by);
    }
    left.shift();
  }
}

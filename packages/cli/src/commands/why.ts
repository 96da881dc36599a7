import { Decision, Hold, isAboutPeople, type StoredEvent, serviceNames } from '@huismeester/contracts';
import type { Command } from 'commander';
import type { Api } from '../api.ts';
import { findEvents, readAll } from '../events/read.ts';
import { features } from '../features.ts';
import { type Language, languageOf, languageOption } from '../language.ts';
import { unlessNotForRole } from '../served.ts';
import { connected, type Shell } from '../shell.ts';
import { chapters, introduce, lastStory, renderStory } from '../story/story.ts';
import { wholeNumber } from './options.ts';
import { findTarget } from './vm-reference.ts';

interface WhyOptions {
  readonly limit?: number;
  readonly lang?: Language;
}

/** How many decisions are looked at for the last story: a power cut asks anew every 10 min, so a day and more. */
const farEnough = 200;

const others = ['node', ...features.flatMap(({ why }) => why?.kinds ?? [])].map((kind) =>
  kind === 'port' ? 'port/<switch>/<id>' : `${kind}/<id>`,
);

/** `why`: the last story of one thing; of a VM what was decided about it, because of what, and what came of it. */
export function addWhy(program: Command, shell: Shell): void {
  program
    .command('why')
    .argument('<what>', `a VM by its id (120 or vm/120) or its name, or one of ${others.join(', ')}`)
    .description('show what became of something, because of what, and what was decided about it')
    .option('--limit <n>', 'so many decisions, the newest; the last story if left out', wholeNumber(1))
    .addOption(languageOption())
    .action((reference: string, { limit, lang }: WhyOptions, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const language = languageOf(lang, shell.env);
        const [kind = ''] = reference.split('/', 1);
        const other = reference.includes('/') && features.find(({ why }) => why?.kinds.includes(kind))?.why;
        if (other) return await other.show(reference, { api, output, language, now: shell.now(), limit });
        const found = await findTarget(api, reference, ['vm/<id>', ...others]);
        const query = { target: found.target, order: '-time' };
        const [newest, holds] = await Promise.all([
          api.list('/api/v1/decisions', Decision, query, limit === undefined ? farEnough : limit + 1),
          api.list('/api/v1/holds', Hold),
        ]);
        const decisions = limit === undefined ? lastStory(newest) : newest.slice(0, limit);
        const { events, isLogHidden } = await eventsAround(api, decisions);
        const story = chapters(decisions, events);
        const hold = holds.find(({ target }) => target === found.target);
        if (output.json) return output.value({ ...found, ...(hold && { hold }), story });
        const text = { language, isLogHidden };
        const earlier = newest.length > decisions.length;
        output.print(...introduce({ ...found, hold }, text), '', ...renderStory(story, text, earlier));
      }),
    );
}

interface Around {
  readonly events: readonly StoredEvent[];
  /** Logs that are not about people, so that what came of decisions stands in them, are not for this role. */
  readonly isLogHidden: boolean;
}

/** All events of the stories that the decisions are part of, and all that they rest on, of the logs that one may read. */
async function eventsAround(api: Api, decisions: readonly Decision[]): Promise<Around> {
  const stories = [...new Set(decisions.map(({ correlationid }) => correlationid))];
  if (stories.length === 0) return { events: [], isLogHidden: false };
  const answers = await Promise.all(
    serviceNames.map(async (service) => {
      const reading = Promise.all(stories.map((correlation) => readAll(api, service, { correlation })));
      return { service, answer: await unlessNotForRole(reading) };
    }),
  );
  const isLogHidden = answers.some(({ service, answer }) => answer === undefined && !isAboutPeople(service));
  const byService = answers.map(({ service, answer = [] }) => ({ service, events: answer.flat() }));
  const known = new Set(byService.flatMap(({ events }) => events.map(({ id }) => id)));
  const others = new Set(decisions.flatMap(({ evidence }) => evidence.filter((id) => !known.has(id))));
  if (others.size === 0) return { events: byService.flatMap(({ events }) => events), isLogHidden };
  // A fact of a story of its own, such as a reading on mains, that came while ours was going on.
  const until = new Date(Math.max(...decisions.map(({ time }) => Date.parse(time))));
  const found = byService.map(async ({ service, events }) => {
    if (events.length === 0) return [];
    const after = Math.min(...events.map(({ position }) => position));
    return [...events, ...(await findEvents(api, service, others, { after, until }))];
  });
  return { events: (await Promise.all(found)).flat(), isLogHidden };
}

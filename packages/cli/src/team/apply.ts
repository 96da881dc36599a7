import { ApplicationResource, MeResource } from '@huismeester/contracts';
import { type Command, Option } from 'commander';
import type { Api } from '../api.ts';
import { wholeNumber } from '../commands/options.ts';
import { NotFine, UsageError } from '../errors.ts';
import type { Language } from '../language.ts';
import { type NamedPerson, whichPerson } from '../people/which-person.ts';
import type { Connected, Shell } from '../shell.ts';
import { civilTime } from '../time.ts';
import { carriesOut } from './action.ts';
import { stateText } from './application-lines.ts';
import { said } from './said.ts';
import { allApplications, applicationOf, applicationPath, whichApplication } from './which-application.ts';
import type { Words } from './words-en.ts';

interface Options {
  readonly trial?: number;
  readonly consent?: boolean;
  readonly withdraw?: boolean;
}

/** `apply`: to the team, for oneself; `apply PERSON`: for somebody, who consents with `apply --consent`; `apply --withdraw` (JOIN-1). */
export function addApply(program: Command, shell: Shell): void {
  const apply = program
    .command('apply')
    .argument('[person]', 'for whom, by login name or id; for yourself if left out')
    .description(
      'apply to the infrateam: for yourself, or as a full member for somebody, who consents (JOIN-1)',
    )
    .option(
      '--trial <days>',
      'for somebody: with a trial of so many days; 0: without (JOIN-3)',
      wholeNumber(0, 365),
    )
    .addOption(
      new Option('--consent', 'consent to what a full member asked for you').conflicts(['withdraw', 'trial']),
    )
    .addOption(new Option('--withdraw', 'take it back').conflicts('trial'));
  carriesOut<Options>(apply, shell, async (asked, reference) => {
    const { api, options, words, language } = asked;
    const me = await api.get('/api/v1/me', MeResource);
    if (options.consent) {
      if (reference !== '') throw new UsageError(words.application.yourself);
      return await consent(asked, await ownOf(api, me, words), words);
    }
    if (options.withdraw) {
      const found =
        reference === ''
          ? await ownOf(api, me, words)
          : await whichApplication(api, reference, words, language);
      return await withdraw(
        asked,
        'application' in found ? found : { application: found, called: me.uid ?? found.person },
        words,
      );
    }
    await applyFor(asked, me, await otherOf(api, reference, me, language), options, words);
  });
}

/** Whom it is for; undefined: oneself. */
async function otherOf(
  api: Api,
  reference: string,
  me: MeResource,
  language: Language,
): Promise<NamedPerson | undefined> {
  if (reference === '') return undefined;
  const person = await whichPerson(api, reference, language);
  return person.id === me.person ? undefined : person;
}

async function applyFor(
  { api, output }: Connected,
  me: MeResource,
  other: NamedPerson | undefined,
  { trial }: Options,
  words: Words,
): Promise<void> {
  const body = { ...(other && { person: other.id }), ...(trial !== undefined && { trialDays: trial }) };
  const made = await api.send('POST', '/api/v1/applications', body, ApplicationResource);
  if (other !== undefined && made.state === 'proposed') {
    return output.answer(
      made,
      said(words.application.proposed(other.called), 'JOIN-1'),
      words.application.askConsent,
    );
  }
  const who = other?.called ?? me.uid ?? made.person;
  output.answer(
    made,
    openedLine(made, words, (until) => words.application.opened(who, until)),
  );
}

/** That it is open, until when; how it stands where it is not. */
function openedLine(made: ApplicationResource, words: Words, text: (until: string) => string): string {
  return made.state === 'open' && made.ends !== undefined
    ? said(text(civilTime(made.ends)), 'JOIN-1')
    : said(stateText(made, words), 'JOIN-1');
}

async function ownOf(api: Api, { person }: MeResource, words: Words): Promise<ApplicationResource> {
  const own = person === undefined ? undefined : applicationOf(await allApplications(api), person);
  if (own === undefined) throw new NotFine(words.application.noneOfYours);
  return own;
}

async function consent({ api, output }: Connected, { id }: ApplicationResource, words: Words): Promise<void> {
  const now = await api.send('POST', `${applicationPath(id)}/consent`, {}, ApplicationResource);
  output.answer(
    now,
    openedLine(now, words, (until) => words.application.consented(until)),
  );
}

async function withdraw(
  { api, output }: Connected,
  { application: { id }, called }: { readonly application: ApplicationResource; readonly called: string },
  words: Words,
): Promise<void> {
  await api.delete(applicationPath(id));
  output.answer({ application: id, withdrawn: true }, said(words.application.withdrawn(called), 'JOIN-1'));
}

import { ItemCore, type ItemFields, ItemKind, ItemLife, OsiLayer, Tenure } from '@huismeester/contracts';
import { type Command, Option } from 'commander';
import type { Api } from '../api.ts';
import { several } from '../commands/options.ts';
import { UsageError } from '../errors.ts';
import type { Language } from '../language.ts';
import { idOf } from '../people/called.ts';
import type { Words } from './words-en.ts';

/** What of an item can be given on the command line. */
export interface FieldOptions {
  readonly name?: string;
  readonly kind?: ItemKind;
  readonly layer?: OsiLayer;
  readonly life?: ItemLife;
  readonly core?: ItemCore;
  readonly spaceWide?: boolean;
  readonly place?: string;
  readonly tenure?: Tenure['kind'];
  readonly of?: string;
  readonly person?: string;
  readonly until?: string;
  readonly standsFor?: string;
  readonly project?: string;
  readonly note?: string;
}

/** Adds the options for what an item is. */
export function addFields(command: Command): Command {
  return command
    .addOption(new Option('--kind <kind>', 'what it is (INFRA-2)').choices(ItemKind.enum))
    .addOption(
      new Option('--layer <layer>', 'of the OSI model, or supporting (INFRA-1)').choices(OsiLayer.enum),
    )
    .addOption(
      new Option('--life <life>', 'where it is in its life').choices(
        ItemLife.enum.filter((life) => life !== 'retired'),
      ),
    )
    .addOption(new Option('--core <what>', 'for what it is core (CORE-1, CORE-2)').choices(ItemCore.enum))
    .option('--space-wide', 'it serves the whole space (SPACE-1)')
    .option('--no-space-wide', 'it does not')
    .option('--place <text>', 'where it is, such as "rack, unit 7"')
    .addOption(new Option('--tenure <whose>', 'whose it is (CORE-6)').choices(Tenure.properties.kind.enum))
    .option('--of <organisation>', 'who rents it out, lends it, or whose it is')
    .option('--person <uid>', 'the same, where it is a person, by uid or id')
    .option('--until <day>', 'the last day of the rent or loan, such as 2027-03-31')
    .option('--project <id>', 'the project that it belongs to')
    .option('--note <text>', 'a serial number, or whatever helps');
}

/** Adds the option for what it stands for: of what is proposed that is known. */
export function addStandsFor(command: Command): Command {
  return command.option(
    '--stands-for <thing>',
    'what another service knows: vm/104, node/pve-pve1, switch/sw1, ups/rack, probe/website',
  );
}

/** What was given, as the register takes it. Throws a {@link UsageError} where a tenure is given in part. */
export async function fieldsOf(
  api: Api,
  options: FieldOptions,
  words: Words,
  language: Language,
): Promise<Partial<ItemFields>> {
  const { name, kind, layer, life, core, spaceWide, place, standsFor, project, note } = options;
  const tenure = await tenureOf(api, options, words, language);
  return {
    ...(name !== undefined && { name }),
    ...(kind !== undefined && { kind }),
    ...(layer !== undefined && { layer }),
    ...(life !== undefined && { life }),
    ...(core !== undefined && { core }),
    ...(spaceWide !== undefined && { space_wide: spaceWide }),
    ...(place !== undefined && { place }),
    ...(tenure !== undefined && { tenure }),
    ...(standsFor !== undefined && { stands_for: standsFor }),
    ...(project !== undefined && { project }),
    ...(note !== undefined && { note }),
  };
}

async function tenureOf(
  api: Api,
  { tenure, of, person, until }: FieldOptions,
  { item }: Words,
  language: Language,
): Promise<Tenure | undefined> {
  if (tenure === undefined) {
    if (of !== undefined || person !== undefined || until !== undefined)
      throw new UsageError(item.partyNeedsTenure);
    return undefined;
  }
  if (of !== undefined && person !== undefined) throw new UsageError(item.onePart);
  return {
    kind: tenure,
    ...(of !== undefined && { name: of }),
    ...(person !== undefined && { person: await idOf(api, person, language) }),
    ...(until !== undefined && { until }),
  };
}

/** What may be said of an item and be taken away again. */
const clearable = ['place', 'tenure', 'stands_for', 'project', 'note'] as const;
type Clearable = (typeof clearable)[number];

/** `--clear FIELD`, for what is not so any more. */
export function addClear(command: Command): Command {
  const spelled = clearable.map((field) => field.replaceAll('_', '-'));
  return command.addOption(
    new Option('--clear <field>', `take away what is said: ${spelled.join(', ')}; may be repeated`).argParser(
      several,
    ),
  );
}

/** The fields to clear. Throws a {@link UsageError} for one that cannot be. */
export function clearedOf(given: readonly string[] | undefined, { item }: Words): Clearable[] {
  return (given ?? []).map((each) => {
    const field = clearable.find((name) => name === each.replaceAll('-', '_'));
    if (field === undefined)
      throw new UsageError(item.notClearable(each, clearable.join(', ').replaceAll('_', '-')));
    return field;
  });
}

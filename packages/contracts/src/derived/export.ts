import { type Static, type TArray, type TObject, type TSchema, type TString, Type } from 'typebox';
import { type ListDefinition, list, type ResourceDefinition, type SingleDefinition } from '../define.ts';
import { tokens } from '../every-service/answers.ts';
import {
  AccessListResource,
  AccountResource,
  ServiceAccountResource,
} from '../membership/access-resources.ts';
import { ApplicationResource } from '../membership/admission-resources.ts';
import { Timestamp } from '../words.ts';
import { serviceNames } from './names.ts';
import { exported, type resourceDefinitions } from './resources.ts';

type Register<Item extends TSchema> = TObject<{ fetched: TString; items: TArray<Item> }>;
type Single<Value extends TSchema> = TObject<{ fetched: TString; value: Value }>;
type Definitions = Omit<typeof resourceDefinitions, keyof typeof ofTeam> &
  typeof ofTeam & { tokens: typeof tokens };
type Registers = {
  [K in keyof Definitions as Definitions[K] extends { exported: true }
    ? K
    : never]: Definitions[K] extends ListDefinition<infer Item>
    ? Register<Item>
    : Definitions[K] extends SingleDefinition<infer Value>
      ? Single<Value>
      : never;
};

/**
 * What of the team is exported in part: applications without votes, vetoes, reasons and what minutes say, which are for full members and the board and erased
 * in time (JOIN-2); accounts without what they are called, since that has uids in it (PRIV-1).
 */
const ofTeam = {
  applications: list(
    Type.Pick(ApplicationResource, [
      'id',
      'person',
      'state',
      'since',
      'backer',
      'ends',
      'trial_days',
      'approved',
      'ended',
      'minutes',
    ]),
    { order: ['id'], exported: true },
  ),
  access: list(Type.Pick(AccountResource, ['id', 'source', 'kind', 'whose', 'person', 'since']), {
    order: ['id'],
    exported: true,
  }),
  'access/lists': list(AccessListResource, { order: ['id'], exported: true }),
  'service-accounts': list(Type.Omit(ServiceAccountResource, ['name']), { order: ['id'], exported: true }),
} as const;

/** What `huismeester export` reads, in this order: all that is exported, and the tokens, which every process answers for. */
export const exportedResources: readonly (readonly [path: string, definition: ResourceDefinition])[] = [
  ...exported,
  ...Object.entries<ResourceDefinition>(ofTeam),
  ['tokens', tokens],
];

const registers = Object.fromEntries(
  exportedResources.map(([path, definition]) => [path, registerOf(definition)]),
);

function registerOf(definition: ResourceDefinition): TSchema {
  if (definition.kind === 'single') return Type.Object({ fetched: Timestamp, value: definition.schema });
  const { schema, order } = definition;
  return Type.Object(
    { fetched: Timestamp, items: Type.Array(schema) },
    { description: `All there were when it was fetched, by ${order.join(' and ')}` },
  );
}

/**
 * What `huismeester export` writes: all registers, so that a space can leave with its data. Lists are in the order that
 * each names, so that two exports of the same data differ in times alone. A change that breaks readers is a new `format`.
 */
export const Export = Type.Object({
  format: Type.Literal('huismeester-export/1'),
  made: Timestamp,
  site: Type.Object({ id: Type.String(), name: Type.String() }),
  logs: Type.Array(
    Type.Object({
      service: Type.Enum(serviceNames),
      version: Type.String(),
      epoch: Type.String({ format: 'uuid' }),
      head: Type.Integer({ minimum: 0 }),
      fetched: Timestamp,
    }),
    {
      description: 'Where each log stood before the first register was fetched; what is newer may be in them',
    },
  ),
  settings: Type.Object({
    hash: Type.Optional(Type.String({ description: 'Of the settings that decisions are made under now' })),
  }),
  ...(registers as Registers),
});
export type Export = Static<typeof Export>;

import { type Static, type TSchema, Type } from 'typebox';
import { serviceNames } from '../topics.ts';
import { Timestamp } from '../words.ts';
import { Decision, Hold, Hypervisor, Node, Power, Rule, Token, Ups, Violation, Vm } from './index.ts';

const register = <Item extends TSchema>(item: Item, order: string) =>
  Type.Object(
    { fetched: Timestamp, items: Type.Array(item) },
    { description: `All there were when it was fetched, by ${order}` },
  );

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
  power: Type.Object({ fetched: Timestamp, value: Power }),
  ups: register(Ups, 'id'),
  hypervisors: register(Hypervisor, 'id'),
  nodes: register(Node, 'hypervisor and node'),
  vms: register(Vm, 'id'),
  rules: register(Rule, 'rule and clause'),
  holds: register(Hold, 'id'),
  violations: register(Violation, 'id'),
  decisions: register(Decision, 'time and id'),
  tokens: register(Token, 'creation and id'),
});
export type Export = Static<typeof Export>;

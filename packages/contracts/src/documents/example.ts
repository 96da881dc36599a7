import type { TSchema } from 'typebox';
import { faults } from '../check.ts';
import { eventDefinition } from '../events/index.ts';
import type { Channel } from './channels.ts';

const uuid = '0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c4d';

/** What a field of that name looks like in a power cut of a small space; one that does not fit its schema is passed over. */
const known: Readonly<Record<string, readonly unknown[]>> = {
  ups: ['rack'],
  vm: ['104'],
  hypervisor: ['pve'],
  node: ['pve1'],
  from: ['pve2'],
  source: ['/hackalot/ups-monitor'],
  type: ['ups.on-battery'],
  subject: ['ups/rack'],
  dataschema: ['/schemas/ups.on-battery/1'],
  epoch: [uuid],
  position: [4211],
  version: [37, '0.1.0'],
  head: [4211],
  session: [1795368000000],
  ts: [1795368680347],
  time: ['2026-11-22T17:31:20.347Z'],
  since: ['2026-11-22T17:31:20.306Z'],
  status: ['running', 'OB DISCHRG'],
  running: [1],
  class: ['participant'],
  class_n: [3],
  contact: ['ok'],
  contact_n: [1],
  after: ['unreachable'],
  mains: ['on-battery'],
  power: ['on-battery'],
  on_battery: [1, true],
  charge_pct: [98],
  runtime_s: [2340],
  load_pct: [23],
  power_w: [512],
  input_v: [0],
  output_v: [230.4],
  battery_v: [25.1],
  since_s: [95],
  lasted_s: [310],
  stage: ['hold'],
  stage_n: [2],
  next_stage_s: [85],
  desired: ['stopped'],
  desired_n: [2],
  generation: [12],
  enforced: [1],
  open_violations: [2],
  online: [1, true],
  quorate: [true],
  manufacturer: ['EATON'],
  model: ['5P 1550i'],
  cause: ['huismeester'],
  error: ['timeout'],
  because: ['on battery for 30 s, held for 30 s'],
  code: ['held'],
};

interface Shape {
  readonly type?: string;
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly patternProperties?: Readonly<Record<string, TSchema>>;
  readonly items?: TSchema;
  readonly allOf?: readonly TSchema[];
  readonly anyOf?: readonly TSchema[];
}

/** What is sent to a channel, for people to look at: every key is there, and fits its schema. */
export function examplePayload({ kind, service, title, parameters, payload }: Channel): unknown {
  const example = exampleOf(payload);
  if (kind !== 'event') return example;
  const subject = [title.split('.')[0], ...parameters.map((each) => each.example)].join('/');
  const dataschema = `/schemas/${title}/${eventDefinition(title)?.schemaVersion}`;
  return Object.assign({}, example, { source: `/hackalot/${service}`, subject, dataschema });
}

/** A value that a schema allows; `name` is that of the field it stands in. */
function exampleOf(schema: TSchema, name = ''): unknown {
  const shape: Shape = schema;
  const fitting = known[name]?.find((value) => faults(schema, value).length === 0);
  if (fitting !== undefined) return fitting;
  if (shape.const !== undefined) return shape.const;
  if (shape.enum !== undefined) return shape.enum[0];
  if (shape.anyOf?.[0]) return exampleOf(shape.anyOf[0], name);
  if (shape.allOf) return Object.assign({}, ...shape.allOf.map((each) => exampleOf(each, name)));
  return plain(shape);
}

function plain(shape: Shape): unknown {
  switch (shape.type) {
    case 'object':
      return {
        ...(shape.patternProperties && { rack: 23, attic: 40 }),
        ...Object.fromEntries(
          Object.entries(shape.properties ?? {}).map(([key, each]) => [key, exampleOf(each, key)]),
        ),
      };
    case 'array':
      return shape.items ? [exampleOf(shape.items)] : [];
    case 'integer':
    case 'number':
      return shape.minimum ?? 0;
    case 'boolean':
      return false;
    case 'string':
      if (shape.format === 'date-time') return '2026-11-22T17:31:20.347Z';
      return shape.format === 'uuid' ? uuid : 'text';
    default:
      return {};
  }
}

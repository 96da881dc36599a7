import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Static, Type } from 'typebox';
import { Check, Parse } from 'typebox/value';

const maybe = Type.Optional;
const Source = Type.Object({ type: Type.String(), uid: Type.String() });
const Property = Type.Object({ id: Type.String(), value: Type.Unknown() });
const Mappings = Type.Array(
  Type.Object({
    type: Type.Literal('value'),
    options: Type.Record(Type.String(), Type.Object({ text: Type.String() })),
  }),
);
const Panel = Type.Object({
  id: Type.Integer(),
  type: Type.String(),
  title: Type.String(),
  repeat: maybe(Type.String()),
  gridPos: Type.Object({ x: Type.Integer(), y: Type.Integer(), w: Type.Integer(), h: Type.Integer() }),
  targets: maybe(
    Type.Array(
      Type.Object({
        datasource: Source,
        topic: maybe(Type.String()),
        expr: maybe(Type.String()),
        legendFormat: maybe(Type.String()),
      }),
    ),
  ),
  options: maybe(Type.Object({ reduceOptions: maybe(Type.Object({ fields: Type.String() })) })),
  fieldConfig: maybe(
    Type.Object({
      defaults: Type.Object({ mappings: maybe(Mappings) }),
      overrides: Type.Array(
        Type.Object({
          matcher: Type.Object({ id: Type.Literal('byName'), options: Type.String() }),
          properties: Type.Array(Property),
        }),
      ),
    }),
  ),
});
type Panel = Static<typeof Panel>;

/** The part of Grafana's format that must fit the program. */
const Dashboard = Type.Object({
  uid: Type.String(),
  title: Type.String(),
  __inputs: Type.Array(Type.Object({ name: Type.String(), pluginId: Type.String() })),
  panels: Type.Array(Panel),
  annotations: Type.Object({
    list: Type.Array(
      Type.Object({
        name: Type.String(),
        datasource: Source,
        expr: Type.String(),
        titleFormat: Type.String(),
        textFormat: Type.String(),
      }),
    ),
  }),
  templating: Type.Object({
    list: Type.Array(
      Type.Object({
        name: Type.String(),
        type: Type.String(),
        definition: maybe(Type.String()),
        query: maybe(Type.Unknown()),
      }),
    ),
  }),
});
type Dashboard = Static<typeof Dashboard>;

const folder = fileURLToPath(new URL('../../deploy/grafana/dashboards/', import.meta.url));

/** Every dashboard of the project by the name of its file; throws on one that has not the shape of a dashboard. */
export function dashboards(): { file: string; dashboard: Dashboard }[] {
  return globSync(`${folder}*.json`)
    .toSorted()
    .map((path) => ({
      file: basename(path),
      dashboard: Parse(Dashboard, JSON.parse(readFileSync(path, 'utf8'))),
    }));
}

/** Every MQTT target of a panel with its topics, one a service where the panel is repeated, and the fields that it picks of their messages. */
export function topicsOf({ panels, templating }: Dashboard): {
  panel: string;
  topics: string[];
  fields: string[];
}[] {
  const services = String(templating.list.find(({ name }) => name === 'service')?.query).split(',');
  const each = (topic: string) => services.map((name) => topic.replaceAll(`\${service}`, name));
  return panels.flatMap((panel) =>
    (panel.targets ?? []).flatMap(({ topic }) => {
      if (topic === undefined) return [];
      const topics = panel.repeat === 'service' ? each(topic) : [topic];
      return [{ panel: panel.title, topics, fields: fieldsOf(panel) }];
    }),
  );
}

function fieldsOf({ options, fieldConfig }: Panel): string[] {
  const picked = /^\/\^\((.*)\)\$\/$/.exec(options?.reduceOptions?.fields ?? '')?.[1]?.split('|') ?? [];
  const changed = fieldConfig?.overrides.map(({ matcher }) => matcher.options) ?? [];
  return [...new Set([...picked, ...changed])];
}

/** The texts that stand for the numbers 0, 1, 2… of a field, or, without one, of all that a panel shows. */
export function textsOf({ fieldConfig }: Panel, field?: string): string[] {
  const properties = fieldConfig?.overrides.find(({ matcher }) => matcher.options === field)?.properties;
  const mappings =
    field === undefined
      ? fieldConfig?.defaults.mappings
      : properties?.find(({ id }) => id === 'mappings')?.value;
  if (!Check(Mappings, mappings)) return [];
  const texts = Object.entries(mappings[0]?.options ?? {}).sort(([a], [b]) => Number(a) - Number(b));
  return texts.map(([, { text }]) => text);
}

/** Every PromQL expression: of panels, annotations and variables, with the labels that texts beside it show. */
export function expressionsOf({ panels, annotations, templating }: Dashboard): {
  where: string;
  expression: string;
  shown: string[];
}[] {
  const shownIn = (...texts: string[]) => texts.flatMap((text) => text.match(/(?<=\{\{)\w+(?=\}\})/g) ?? []);
  const drawn = panels.flatMap(({ title, targets = [] }) =>
    targets.flatMap(({ expr, legendFormat = '' }) =>
      expr === undefined ? [] : [{ where: title, expression: expr, shown: shownIn(legendFormat) }],
    ),
  );
  const noted = annotations.list.map(({ name, expr, titleFormat, textFormat }) => ({
    where: `annotation ${name}`,
    expression: expr,
    shown: shownIn(titleFormat, textFormat),
  }));
  const chosen = templating.list.flatMap(({ name, definition }) => {
    const [, expression, label] = /^label_values\((.*), (\w+)\)$/.exec(definition ?? '') ?? [];
    return expression === undefined || label === undefined
      ? []
      : [{ where: `variable ${name}`, expression, shown: [label] }];
  });
  return [...drawn, ...noted, ...chosen];
}

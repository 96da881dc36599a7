import { Contact, Stage, states } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import { topicFields } from '../docs/topic-fields.ts';
import { dashboards, expressionsOf, textsOf, topicsOf } from './dashboards.ts';

const all = dashboards();

const prefix = `\${root}/v1/`;
const fieldsOf = (topic: string) =>
  topic.startsWith(prefix) ? topicFields(topic.slice(prefix.length)) : undefined;

it('all dashboards are there', () => {
  expect(all.map(({ file }) => file)).toEqual(['network.json', 'power.json', 'services.json']);
});

describe.each(all)('$file', ({ dashboard }) => {
  const topics = topicsOf(dashboard);

  it('shows topics that the program has', () => {
    expect(topics.length).toBeGreaterThan(1);
    const unknown = topics.flatMap((each) => each.topics.filter((topic) => fieldsOf(topic) === undefined));
    expect(unknown).toEqual([]);
  });

  it('picks fields that their messages have', () => {
    for (const { panel, topics: of, fields } of topics) {
      const unknown = fields.filter((field) => !of.some((topic) => fieldsOf(topic)?.includes(field)));
      expect({ panel, unknown }).toEqual({ panel, unknown: [] });
      if (!of.some((topic) => topic.includes('/graf/'))) expect(fields, panel).not.toEqual([]);
    }
  });

  it('asks nothing but the data sources that a person chooses at the import', () => {
    expect(dashboard.__inputs.map(({ name, pluginId }) => [name, pluginId])).toEqual([
      ['DS_MQTT', 'grafana-mqtt-datasource'],
      ['DS_PROMETHEUS', 'prometheus'],
    ]);
    // Grafana fills inputs in at an import alone; where files are provisioned, variables of the same name do it.
    const variables = dashboard.templating.list.filter(({ type }) => type === 'datasource');
    expect(variables.map(({ name }) => name)).toEqual(['DS_MQTT', 'DS_PROMETHEUS']);
    const targets = dashboard.panels.flatMap((panel) => panel.targets ?? []);
    for (const { topic, expr, datasource } of targets) {
      const wanted = topic === undefined ? `\${DS_PROMETHEUS}` : `\${DS_MQTT}`;
      expect([topic ?? expr, datasource.uid]).toEqual([topic ?? expr, wanted]);
    }
    for (const { name, datasource } of dashboard.annotations.list) {
      expect([name, datasource.uid]).toEqual([name, `\${DS_PROMETHEUS}`]);
    }
  });

  it('marks the power cuts', () => {
    const incidents = dashboard.annotations.list.map(({ expr }) => expr);
    expect(incidents).toContain('huismeester_outage_stage > 0');
  });

  it('lays its panels beside one another', () => {
    const cells = dashboard.panels.flatMap(({ id, gridPos: { x, y, w, h } }) => {
      expect(x + w).toBeLessThanOrEqual(24);
      return Array.from({ length: w * h }, (_, n) => ({ id, at: `${x + (n % w)},${y + Math.floor(n / w)}` }));
    });
    expect(new Set(cells.map(({ at }) => at)).size).toBe(cells.length);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });
});

describe('what stands for a number', () => {
  const panels = all.flatMap(({ dashboard }) => dashboard.panels);
  const showing = (field: string) =>
    panels.filter(({ fieldConfig }) =>
      fieldConfig?.overrides.some(({ matcher }) => matcher.options === field),
    );

  it('is the word of the contract', () => {
    expect(showing('stage_n').map((panel) => textsOf(panel, 'stage_n'))).toEqual([Stage.enum]);
    const contacts = Contact.enum.map((contact) => contact.replace('-', ' '));
    expect(showing('contact_n').map((panel) => textsOf(panel, 'contact_n'))).toEqual([contacts]);
    const flow = states.policy.service.properties.flow.enum;
    expect(showing('flow_n').map((panel) => textsOf(panel, 'flow_n'))).toEqual([flow]);
  });

  it('is that in the history too', () => {
    const stages = panels.filter(({ targets }) =>
      targets?.some(({ expr }) => expr?.startsWith('huismeester_outage_stage')),
    );
    expect(stages.map((panel) => textsOf(panel))).toEqual([Stage.enum]);
  });
});

it('every expression is found: of panels, annotations and variables', () => {
  const kinds = all.map(({ dashboard }) => {
    const found = expressionsOf(dashboard).map(({ where }) => where.split(' ')[0]);
    return ['annotation', 'variable'].map((kind) => found.includes(kind));
  });
  expect(kinds.flat()).not.toContain(false);
});

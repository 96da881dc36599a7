import {
  type AsyncApiDocument,
  type Channel,
  channels,
  Envelope,
  type Shape,
  serviceNames,
} from '@huismeester/contracts';
import { type Html, html, pageOf, prose } from './html.ts';
import { schemaTable } from './schema-table.ts';

const kinds: readonly { kind: Channel['kind']; title: string; lead: string }[] = [
  {
    kind: 'status',
    title: 'Is it there?',
    lead: 'One retained message per service. Begin here: what a service says counts while its `online` is 1.',
  },
  {
    kind: 'state',
    title: 'States',
    lead: 'Retained: the present state, flat, for lights, displays and Grafana. A key always has the same type; what is unknown is left out; every word has a number beside it.',
  },
  {
    kind: 'pivot',
    title: 'Pivots',
    lead: 'Not retained: one number of every device in one message, for one panel with many lines.',
  },
  {
    kind: 'event',
    title: 'Events',
    lead: 'Never retained: what happened, once, as a CloudEvent in structured JSON. MQTT may lose one: `position` counts without gaps within `source` and `epoch`, over all events of the service, of which only the public ones are announced.',
  },
];

/** What is said over MQTT, for people: every topic with its fields and an example; `at` is where the document itself is. */
export function eventsPage(document: AsyncApiDocument, at: string): string {
  const all = channels();
  const of = (kind: Channel['kind']) => all.filter((channel) => channel.kind === kind);
  const servers = Object.values(document.servers);
  return pageOf({
    title: document.info.title,
    lead: html`<p>${prose(document.info.description)}</p>
<p>Broker: ${servers.map(({ host, protocol }) => html`<code>${protocol}://${host}</code> `)}(MQTT 3.1.1). As a document for programs: <a href="${at}">AsyncAPI ${document.asyncapi}</a>. Version ${document.info.version}.</p>`,
    contents: kinds.flatMap(({ kind, title }) => groupsOf(title, of(kind))),
    body: html`${kinds.map(
      ({ kind, title, lead }) => html`<h2>${title}</h2>
<p>${prose(lead)}</p>
${kind === 'event' ? envelope : ''}${of(kind).map((channel) => sectionOf(channel, document))}`,
    )}`,
  });
}

/** Events are many: a group for each service. */
function groupsOf(title: string, of: readonly Channel[]) {
  const links = (some: readonly Channel[]) =>
    some.map(({ id, kind, topic, title: text }) => ({ anchor: id, text: kind === 'event' ? text : topic }));
  if (of[0]?.kind !== 'event') return [{ title, links: links(of) }];
  return serviceNames.map((service) => ({
    title: `${title} of ${service}`,
    links: links(of.filter((channel) => channel.service === service)),
  }));
}

function sectionOf(channel: Channel, document: AsyncApiDocument): Html {
  const { id, title, description, qos, retained, payload, parameters } = channel;
  const example = document.components.messages[id]?.examples[0]?.payload;
  const address = document.channels[id]?.address ?? '';
  return html`<section id="${id}">
<h3><a href="#${id}">${prose(title)}</a></h3>
<p>${prose(description)}</p>
<code class="topic">${marked(address)}</code>
<div class="tags"><span>QoS ${qos}</span><span>${retained ? 'retained' : 'not retained'}</span><span>said by ${channel.service}</span></div>
${parameters.map((each) => html`<p><code>{${each.name}}</code> ${prose(each.description)}: <code>${each.example}</code></p>\n`)}${channel.kind === 'event' ? dataOf(payload) : html`<h4>Fields</h4>\n${schemaTable(payload)}`}
<h4>Example</h4>
<pre>${JSON.stringify(example, null, 2)}</pre>
</section>
`;
}

/** Said once: it is the same around every event. */
const envelope = html`<section id="envelope">
<h3><a href="#envelope">Around every event</a></h3>
<p>Its <code>id</code> tells a repeated event from a new one; <code>version</code> counts within its <code>subject</code>.</p>
${schemaTable(Envelope)}
</section>
`;

function dataOf(payload: Shape): Html {
  return html`<h4>Fields of <code>data</code></h4>
${schemaTable(payload.properties?.data ?? {})}
<p><a href="#envelope">What stands around them</a></p>`;
}

function marked(address: string): Html {
  const parts = address.split(/(\{\w+\})/);
  return html`${parts.map((part) => (part.startsWith('{') ? html`<b>${part}</b>` : part))}`;
}

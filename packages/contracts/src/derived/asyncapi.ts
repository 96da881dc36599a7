import { type Channel, channels } from './channels.ts';
import { examplePayload } from './example.ts';

export interface AsyncApiOptions {
  readonly version: string;
  /** `broker.root`. */
  readonly root: string;
  /** Where the broker is, such as `mqtt://10.0.0.2:1883`; several where it is a cluster. */
  readonly brokerUrls: readonly string[];
}

/** An AsyncAPI 3 document: every topic, what is sent there and how, from the definitions that the program itself uses. */
export function asyncApi({ version, root, brokerUrls }: AsyncApiOptions) {
  const all = channels();
  const of = <T>(make: (channel: Channel) => T): Record<string, T> =>
    Object.fromEntries(all.map((channel) => [channel.id, make(channel)]));
  return {
    asyncapi: '3.1.0',
    info: {
      title: 'Huismeester: states and events over MQTT',
      version,
      description:
        "The caretaker of a hackerspace's infrastructure. Everything below is said by Huismeester; nothing that is sent to it can make it act. Readers pass over keys and types that they do not know.",
      license: { name: 'GPL-3.0-or-later', url: 'https://www.gnu.org/licenses/gpl-3.0.html' },
    },
    defaultContentType: 'application/json',
    servers: Object.fromEntries(brokerUrls.map((url, at) => [`broker-${at + 1}`, serverOf(url)])),
    channels: of((channel) => channelOf(channel, root)),
    operations: Object.fromEntries(all.map((channel) => [`send.${channel.id}`, operationOf(channel)])),
    components: {
      messages: of(messageOf),
      securitySchemes: {
        reader: {
          type: 'userPassword',
          description: 'A reader of `broker.embedded.readers`; none where anybody may read',
        },
      },
    },
  };
}

export type AsyncApiDocument = ReturnType<typeof asyncApi>;

function serverOf(brokerUrl: string) {
  const { host, protocol } = new URL(brokerUrl);
  return {
    host,
    protocol: protocol.replace(':', ''),
    protocolVersion: '3.1.1',
    description: 'The MQTT broker of the space',
    security: [{ $ref: '#/components/securitySchemes/reader' }],
  };
}

function channelOf({ id, topic, title, description, parameters }: Channel, root: string) {
  return {
    address: `${root}/v1/${topic}`,
    title,
    description,
    messages: { [id]: { $ref: `#/components/messages/${id}` } },
    ...(parameters.length > 0 && {
      parameters: Object.fromEntries(
        parameters.map(({ name, description: what, example }) => [
          name,
          { description: what, examples: [example] },
        ]),
      ),
    }),
  };
}

function operationOf({ id, title, service, kind, retained: retain, qos }: Channel) {
  return {
    action: 'send',
    channel: { $ref: `#/channels/${id}` },
    title,
    tags: [{ name: service }, { name: kind }],
    messages: [{ $ref: `#/channels/${id}/messages/${id}` }],
    bindings: { mqtt: { qos, retain, bindingVersion: '0.2.0' } },
  };
}

function messageOf(channel: Channel) {
  const { id, title, description, payload, kind } = channel;
  return {
    name: id,
    title,
    summary: description,
    contentType: kind === 'event' ? 'application/cloudevents+json' : 'application/json',
    payload,
    examples: [{ name: 'example', payload: examplePayload(channel) }],
  };
}

import { Status, states } from '@huismeester/contracts';

/**
 * The fields of what is sent to a topic, which is named from below `<root>/v1/` on; undefined for one that the contract
 * does not have. A pivot is named after the field that it is of, and its own fields are the devices: none are known.
 */
export function topicFields(topic: string): readonly string[] | undefined {
  const [, name = '', what = '', subject = '', more] =
    /^([a-z-]+)\/([a-z]+)(?:\/([a-z-]+)(\/.+)?)?$/.exec(topic) ?? [];
  const kinds = Object.entries(states).find(([service]) => service === name)?.[1];
  if (!kinds) return undefined;
  if (what === 'status' && subject === '') return Object.keys(Status.properties);
  if (what === 'graf' && more === undefined) {
    const field = subject.replaceAll('-', '_');
    return Object.values(kinds).some(({ properties }) => field in properties) ? [] : undefined;
  }
  const schema = Object.entries(kinds).find(([kind]) => kind === subject)?.[1];
  return what === 'state' && more !== undefined && schema ? Object.keys(schema.properties) : undefined;
}

import { MeResource } from '@huismeester/contracts';
import type { Api } from '../api.ts';
import { answerOf } from '../served.ts';
import { everybody } from './find-person.ts';

const person = /\bperson\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/g;

/**
 * What puts uids where texts name people by their ids, `person/<id>`. People are asked for only where a text names one; who may not see them,
 * and whoever is not in the directory, keeps the id.
 */
export async function withUids(api: Api, texts: readonly string[]): Promise<(text: string) => string> {
  if (!texts.some((text) => text.search(person) >= 0)) return (text) => text;
  const uids = await uidsById(api);
  return (text) =>
    text.replaceAll(person, (whole, id: string) => {
      const uid = uids.get(id);
      return uid === undefined ? whole : `person ${uid}`;
    });
}

/** The uids of everybody in the directory, by id; of oneself alone where one may not see the others. */
export async function uidsById(api: Api): Promise<ReadonlyMap<string, string>> {
  const answer = await answerOf(everybody(api));
  if (!('value' in answer)) return answer.why === 'role' ? await ownUid(api) : new Map();
  const people = answer.value;
  return new Map(people.flatMap(({ id, uid }) => (uid === undefined ? [] : [[id, uid]])));
}

async function ownUid(api: Api): Promise<ReadonlyMap<string, string>> {
  const answer = await answerOf(api.get('/api/v1/me', MeResource));
  const { person, uid } = 'value' in answer ? answer.value : {};
  return new Map(person !== undefined && uid !== undefined ? [[person, uid]] : []);
}

import {
  isMapping,
  isSecretSetting,
  type Path,
  type Setting,
  type SpaceSettings,
} from '@huismeester/contracts';
import { isSecret, pathText } from '../schema/describe.ts';

/**
 * Settings as they were read, defaults included, one a line in their order. Of a secret only that it is set; of an address only what names the
 * place: what stands before its host, or behind its path, may let somebody in, and so may the whole path where messages are sent to.
 */
export function shownSettings(settings: SpaceSettings): Setting[] {
  return below([], settings);
}

function below(path: Path, value: unknown): Setting[] {
  if (value === undefined || value === null) return [];
  const text = pathText(path);
  if (path.length > 0 && (isSecretSetting(path) || isSecret(path) || isTopic(path))) {
    return typeof value === 'object' ? [] : [{ path: text, secret: true }];
  }
  if (Array.isArray(value)) return value.flatMap((each, index) => below([...path, index], each));
  if (isMapping(value)) return Object.entries(value).flatMap(([key, each]) => below([...path, key], each));
  if (typeof value === 'number' || typeof value === 'boolean') return [{ path: text, value }];
  return [{ path: text, value: withoutSecrets(path, String(value)) }];
}

function withoutSecrets([section]: Path, value: string): string {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? URL.parse(value) : null;
  if (url === null) return value;
  const place = `${url.protocol}//${url.host}`;
  if (section === 'notices') return `${place}/…`;
  const path = url.pathname === '/' && !value.endsWith('/') ? '' : url.pathname;
  return url.username || url.password || url.search || url.hash ? `${place}${path}…` : value;
}

/** Whoever knows the topic at ntfy reads what is sent there. */
function isTopic([section, , name]: Path): boolean {
  return section === 'notices' && name === 'topic';
}

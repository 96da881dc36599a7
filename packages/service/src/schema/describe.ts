import type { Path, Shape } from '@huismeester/contracts';
import { Duration } from '@huismeester/contracts';
import { ownKeys } from './shape.ts';

const duration: Shape = Duration;

/** What a schema allows, in words: `an integer from 1 to 65535`. */
export function describe(shape: Shape): string {
  if (shape.enum) return choice(shape.enum, shape.description);
  if (shape.const !== undefined) return String(shape.const);
  if (shape.anyOf) return [...new Set(shape.anyOf.map(describe))].join(', or ');
  if (shape.type === 'integer') return `an integer${range(shape)}`;
  if (shape.type === 'number') return `a number${range(shape)}`;
  if (shape.type === 'boolean') return 'true or false';
  if (shape.type === 'null') return 'nothing';
  if (shape.type === 'array') return `a list${length(shape.minItems, shape.maxItems, 'entries')}`;
  if (shape.type === 'object') return mapping(shape);
  if (shape.type === 'string') return text(shape);
  return shape.description ?? 'another value';
}

/** Why others are not among them is in the description. */
function choice(values: readonly unknown[], description: string | undefined): string {
  const words = `one of ${values.map(String).join(', ')}`;
  return description === undefined ? words : `${words} (${description})`;
}

function mapping(shape: Shape): string {
  const own = ownKeys(shape);
  const keys = own.length > 0 ? own : Object.keys(shape.properties ?? {});
  return keys.length > 0 ? `a mapping with ${keys.join(', ')}` : 'a mapping';
}

function text(shape: Shape): string {
  // Where a duration is described by its purpose, how it is written would be lost.
  if (shape.pattern === duration.pattern && duration.description !== undefined) return duration.description;
  const protocols = /^\^\((.+)\):\/\/$/.exec(shape.pattern ?? '')?.[1];
  if (protocols !== undefined) return url(protocols, shape.description);
  // What both lengths allow is said by these: a description is of what it is for.
  const hasLengths = shape.minLength !== undefined && shape.maxLength !== undefined;
  if (shape.pattern === undefined && hasLengths)
    return `text${length(shape.minLength, shape.maxLength, 'characters')}`;
  if (shape.description !== undefined && (shape.pattern ?? shape.minLength) !== undefined) {
    return shape.description;
  }
  if (shape.format === 'uuid') return 'an id (uuid), such as 0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c4d';
  if (shape.format === 'date') return 'a day such as 2026-11-22';
  if (shape.format === 'date-time') return 'a time such as 2026-11-22T13:41:45Z';
  if (shape.pattern !== undefined) return `text like ${shape.pattern}`;
  if (shape.minLength === 1 && shape.maxLength === undefined) return 'text that is not empty';
  return `text${length(shape.minLength, shape.maxLength, 'characters')}`;
}

/** `https?`, `postgres(ql)?` and `nats|tls` are how the settings' URL patterns write two protocols. */
function url(protocols: string, description: string | undefined): string {
  const names = protocols.split('|').flatMap((each) => {
    const [, short = '', more = '', letter = ''] = /^(\w+?)(?:\((\w+)\)|(\w))\?$/.exec(each) ?? [];
    return short === '' ? [each] : [short, `${short}${more}${letter}`];
  });
  const text = `a URL with ${names.map((name) => `${name}://`).join(' or ')}`;
  return description === undefined ? text : `${text} (${description})`;
}

function range(shape: Shape): string {
  const { minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: below } = shape;
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  const least = minimum === undefined ? above && ` above ${above}` : ` of at least ${minimum}`;
  const most = maximum === undefined ? below && ` below ${below}` : ` of at most ${maximum}`;
  return [least, most].filter((each) => each !== undefined).join(' and');
}

function length(least: number | undefined, most: number | undefined, of: string): string {
  if (least !== undefined && most !== undefined) return ` of ${least} to ${most} ${of}`;
  if (least !== undefined) return ` of at least ${least} ${of}`;
  return most === undefined ? '' : ` of at most ${most} ${of}`;
}

/** `ups[0].upsd.port`; a key that would be mistaken for a path stands in quotes. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, each) => {
    if (typeof each === 'number') return `${text}[${each}]`;
    if (!/^[\w-]+$/.test(each)) return `${text}[${JSON.stringify(each)}]`;
    return text === '' ? each : `${text}.${each}`;
  }, '');
}

const secretKey = /password|passphrase|secret|community|^auth$|^priv$/i;

/** Whether what stands at this path must not be shown, whatever it is. Which protocol a secret is for is none. */
export function isSecret(path: Path): boolean {
  return path.at(-1) !== 'protocol' && path.some((each) => typeof each === 'string' && secretKey.test(each));
}

/** A value as it may be shown in a message or a log: short, and never a secret. */
export function show(value: unknown, path: Path): string {
  if (value === undefined || value === null) return 'nothing';
  if (isSecret(path)) return '(secret)';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value !== 'string') return String(value);
  const safe = value.replace(/^([a-z][a-z0-9+.-]*:\/\/)?[^@]*:.*@/is, '$1(secret)@');
  return JSON.stringify(safe.length > 60 ? `${safe.slice(0, 57)}…` : safe);
}

import type { Failure } from '../../api/request.ts';
import { memoryText } from './amounts.ts';
import type { Resource } from './model.ts';
import { words } from './words.ts';

/** A refusal to make a VM, at the field that it is about; `elsewhere` is about none of them. */
interface FieldErrors {
  readonly name?: string;
  readonly template?: string;
  readonly size?: string;
  readonly key?: string;
  readonly elsewhere?: Failure;
}

const resourceOf: Readonly<Record<string, Resource>> = {
  vms: 'vms',
  cores: 'cores',
  memoryMib: 'memory_mib',
  diskGib: 'disk_gib',
};

/** What is said of each field, in the language of the page; by the code of the refusal, and where it has none of those, as the API says it. */
export function fieldErrors(failure: Failure | undefined, name: string): FieldErrors {
  if (failure === undefined) return {};
  if (failure.kind !== 'problem') return { elsewhere: failure };
  const text = words.value.new;
  const { code, errors = [], title } = failure.problem;
  const isAbout = (field: string) => errors.some((each) => each.field.startsWith(`body.${field}`));
  switch (code) {
    case 'name-taken':
      return { name: title.includes('failed') ? text.nameFailed(name) : text.nameTaken(name) };
    case 'quota-exceeded': {
      const over = errors.flatMap(({ field }) => resourceOf[field] ?? []);
      if (over.length === 0) return { size: text.tooFull };
      return { size: `${text.overQuota(over.map((each) => text.rows[each]).join(', '))} ${text.overNext}` };
    }
    case 'disk-too-small':
      return { size: text.diskTooSmall };
    case 'bad-keys':
      return { key: text.badKey };
    case 'no-keys':
      return { key: text.noKey };
    case 'keys-unknown':
      return { key: text.keysUnknown };
    default:
      if (isAbout('name')) return { name: text.nameRule };
      if (isAbout('keys')) return { key: text.badKey };
      return { elsewhere: failure };
  }
}

/** An amount of one of the things that are counted. */
export function amountText(of: Resource, amount: number): string {
  if (of === 'memory_mib') return memoryText(amount);
  return of === 'disk_gib' ? `${amount} GiB` : String(amount);
}

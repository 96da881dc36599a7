import type { CableFields } from '@huismeester/contracts';

export const cable = {
  heads: { id: 'id', state: 'state', a: 'from', b: 'to', note: 'note' },
  nothing:
    'There is no cable yet: `huismeester cable add sw1:gi0/1 bar-pc:eth0`, or `huismeester cable import FILE`.',
  noneThere: (item: string) => `No cable goes to ${item}.`,
  states: { planned: 'planned', laid: 'laid', broken: 'broken' } satisfies Record<
    CableFields['state'],
    string
  > as Readonly<Record<CableFields['state'], string>>,
  free: 'free',
  noEnd: (found: string) => `${found} is no end of a cable; allowed: ITEM:PORT, such as sw1:gi0/1`,
  recorded: (id: string, ends: string) => `${id} goes ${ends}`,
  changed: (id: string, ends: string) => `${id} is changed: ${ends}`,
  removed: (id: string) => `${id} is removed`,
  ends: (a: string, b: string, state: string) => `from ${a} to ${b} (${state})`,
};

export const csv = {
  written: (file: string, lines: number) => `${file}: ${lines} ${lines === 1 ? 'line' : 'lines'}`,
  unreadable: (file: string, code: string) =>
    `${file} cannot be read (${code}): name a CSV file, such as one of the export`,
  done: (fresh: number, changed: number, same: number) =>
    `${fresh} new, ${changed} changed, ${same} as they were.`,
  would: (fresh: number, changed: number, same: number) =>
    `Nothing was changed (--dry-run). It would be: ${fresh} new, ${changed} changed, ${same} as they are.`,
  ofNew: (ids: string) => `new: ${ids}`,
  ofChanged: (ids: string) => `changed: ${ids}`,
};

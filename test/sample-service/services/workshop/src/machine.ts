import { aggregate, type Made } from '@huismeester/events';
import { machine as table } from './schema.ts';

interface State {
  readonly name: string;
  readonly outages: number;
}

export const machines = aggregate({
  kind: 'machine',
  table,
  initial: undefined,
  evolve: (_: State | undefined, { data }: Made<'machine.added'>): State => ({ name: data.name, outages: 0 }),
});

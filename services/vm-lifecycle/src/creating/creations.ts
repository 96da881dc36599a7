import type { EventType } from '@huismeester/contracts';
import { aggregate, type Made, type NewEvent, type Refusal, refuse } from '@huismeester/events';
import { type CreationRow, evolveCreation } from '../core/creation.ts';
import { creation } from '../schema.ts';

type CreationEventType = Extract<EventType, `creation.${string}`>;

/** An event of a creation, before it is in the log. */
export type CreationEvent = { [T in CreationEventType]: NewEvent<T> }[CreationEventType];

/** The VMs that are being made, or were. */
export const creations = aggregate({
  kind: 'creation',
  table: creation,
  initial: undefined,
  evolve: (row: CreationRow | undefined, event: Made<CreationEventType>) => evolveCreation(row, event),
});

/** A creation as it is stored. */
export interface Stored extends CreationRow {
  readonly id: string;
}

/** The task that goes on with a creation until it is done, failed or given up; its key is the creation's id. */
export function createTask(id: string) {
  return { kind: 'create', key: id };
}

/** Why no VM can be made on a hypervisor. */
export function allTaken(hypervisor: string): Refusal {
  return refuse(
    'no-vmid',
    `All numbers for VMs of participants are taken on ${hypervisor}: the infrateam widens vmids`,
    {
      errors: [
        {
          field: 'body.template',
          found: `a template of ${hypervisor}`,
          allowed: 'one of another hypervisor, or once a VM there is deleted',
        },
      ],
    },
  );
}

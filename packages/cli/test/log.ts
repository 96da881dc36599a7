import { randomUUID } from 'node:crypto';
import type { ServiceName, StoredEvent } from '@huismeester/contracts';
import type { Answer, Asked } from './server.ts';

/** A log in memory that is read as a service's is. */
export class Log {
  readonly epoch = randomUUID();
  readonly events: StoredEvent[] = [];
  readonly service: ServiceName;

  constructor(service: ServiceName) {
    this.service = service;
  }

  append(
    subject: string,
    time = new Date(Date.UTC(2026, 10, 22, 12, 0, this.events.length)).toISOString(),
    more: Partial<StoredEvent> = {},
  ): StoredEvent {
    const position = this.events.length + 1;
    const event: StoredEvent = {
      ...{ specversion: '1.0', id: randomUUID(), source: `/demo/${this.service}` },
      ...{ subject, time, datacontenttype: 'application/json', dataschema: '/schemas/vm.tested/1' },
      ...{ epoch: this.epoch, position, version: position, correlationid: randomUUID() },
      type: 'vm.tested',
      data: { service: this.service, position },
      ...more,
    };
    this.events.push(event);
    return event;
  }

  answer({ query }: Asked): Answer {
    if (query.epoch !== undefined && query.epoch !== this.epoch) {
      const body = { type: 'about:blank', title: 'Another log', status: 409, code: 'wrong-epoch' };
      return { status: 409, body };
    }
    const events = this.events
      .filter(({ position }) => position > Number(query.after))
      .filter(({ correlationid }) => query.correlation === undefined || query.correlation === correlationid)
      .filter(({ subject }) => query.subject === undefined || query.subject === subject)
      .slice(0, Number(query.limit));
    return { body: { epoch: this.epoch, head: this.events.length, events } };
  }
}

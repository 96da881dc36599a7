import type { StoredEvent } from '@huismeester/contracts';
import { waitFor } from '@huismeester/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPublisher, type EventLog, newEvent, type Publisher } from '../src/index.ts';
import { tables } from './schema.ts';
import { keepingLogger, onBothStores, reading } from './stores.ts';

onBothStores('the publisher', (store) => {
  let log: EventLog;
  let publisher: Publisher | undefined;
  let sent: number[];

  beforeEach(async () => {
    log = await store.openLog();
    sent = [];
  });
  afterEach(() => publisher?.close());

  const append = (...events: Parameters<EventLog['append']>[1]) =>
    store.database.transaction((tx) => log.append(tx, events));
  const internal = newEvent('vm.renamed', 'vm/100', { vm: '100', name: 'mine' });
  const send = async ({ position }: StoredEvent) => {
    sent.push(position);
  };
  const start = (publish: (event: StoredEvent) => Promise<void> = send, logger = keepingLogger()) => {
    publisher = createPublisher({ database: store.database, tables, log, publish, logger });
    publisher.start();
    return publisher;
  };
  const reached = (position: number) =>
    waitFor(`it is at ${position}`, () => publisher?.status().position === position);

  test('sends public events in order, and no others', async () => {
    await append(reading('a'), internal, reading('b'));
    start();
    await reached(3);
    await append(internal, reading('a'));
    await reached(5);
    expect(sent).toEqual([1, 3, 5]);
    expect(publisher?.status()).toEqual({ position: 5, head: 5, lag: 0 });
  });

  test('goes on where it was, in another life', async () => {
    await append(reading('a'), reading('b'));
    await start()
      .close()
      .then(() => undefined);
    start();
    await reached(2);
    await publisher?.close();
    await append(reading('c'));
    start();
    await reached(3);
    expect(sent).toEqual([1, 2, 3]);
  });

  test('sends the next before the last has arrived, so many at most', async () => {
    const events = Array.from({ length: 600 }, (_, index) => reading(`u${index % 7}`));
    await append(...events);
    const answers: (() => void)[] = [];
    start(async (event) => {
      await send(event);
      await new Promise<void>((resolve) => answers.push(resolve));
    });
    await waitFor('many are under way', () => answers.length === 256);
    expect(publisher?.status()).toMatchObject({ lag: 600 });
    await waitFor('all were sent', () => {
      for (const answer of answers.splice(0).reverse()) answer();
      return publisher?.status().position === 600;
    });
    expect(sent).toEqual(events.map((_, index) => index + 1));
  });

  test('after a failure goes on from the first that did not arrive', async () => {
    await append(...Array.from({ length: 10 }, () => reading('a')));
    let broken = true;
    start(async (event) => {
      await send(event);
      if (broken && event.position === 4) throw new Error('lost');
      if (event.position === 10) broken = false;
    });
    await reached(10);
    expect(sent).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('close waits for what is under way, and remembers it', async () => {
    await append(reading('a'), reading('b'), reading('c'));
    const answers: (() => void)[] = [];
    start(async (event) => {
      await send(event);
      await new Promise<void>((resolve) => answers.push(resolve));
    });
    await waitFor('all are under way', () => answers.length === 3);
    const closed = publisher?.close();
    for (const answer of answers) answer();
    await closed;
    start();
    await append(reading('d'));
    await reached(4);
    expect(sent).toEqual([1, 2, 3, 4]);
  });

  test('waits while it cannot send, and then leaves nothing out', async () => {
    const logger = keepingLogger();
    let refusals = 0;
    await append(reading('a'), reading('b'), reading('c'));
    start(async (event) => {
      if (event.position >= 2) {
        refusals += 1;
        throw new Error('offline');
      }
      await send(event);
    }, logger);
    await waitFor('it tried again', () => refusals >= 4);
    expect(sent).toEqual([1]);
    expect(publisher?.status()).toMatchObject({ position: 1, lag: 2, lastError: 'Error: offline' });
    // Once, however often it was tried.
    expect(logger.messages).toEqual(['events wait to be published']);
    await publisher?.close();

    start();
    await reached(3);
    expect(sent).toEqual([1, 2, 3]);
    expect(publisher?.status()).not.toHaveProperty('lastError');
  });
});

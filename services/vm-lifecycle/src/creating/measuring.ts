import type { Clock, Logger } from '@huismeester/clock';
import { createPoller, type Going } from '@huismeester/service';
import { answerOf } from '../adapters/call.ts';
import type { RoomNow } from '../core/creating/place.ts';
import type { Site } from './context.ts';
import { sourceOf } from './placing.ts';

const everyMs = 10_000;
const deadlineMs = 60_000;

/** Measures what a hypervisor has free, again and again, so that who asks for a VM that fits nowhere is refused at once, and nobody waits for Proxmox. */
export function measureRoom(
  site: Site,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): Going {
  const { id } = site.settings;
  const poller = createPoller({
    everyMs,
    deadlineMs,
    look: async () => {
      const room = await answerOf(() => measured(site, clock.now()));
      // An old measurement says less than none.
      site.room.latest = 'code' in room ? undefined : room;
      if ('code' in room)
        logger.debug({ hypervisor: id, code: room.code }, 'what is free could not be measured');
      return undefined;
    },
    failed: (error) =>
      logger.error({ err: error, hypervisor: id }, 'measuring what is free failed on our side'),
    clock,
  });
  return { start: poller.start, close: poller.close };
}

async function measured(site: Site, at: Date): Promise<RoomNow> {
  const { hypervisor, maker, settings } = site;
  const nodes = await hypervisor.nodes();
  const storages = await Promise.all(
    nodes.filter(({ online }) => online).map(async ({ name }) => [name, await maker.storages(name)] as const),
  );
  const sources = new Map<string, { node: string; own: string }>();
  for (const template of settings.templates) {
    if (template.kind !== 'qemu') continue;
    const source = await sourceOf(site, { ...template, hypervisor: settings.id });
    if (source) sources.set(template.id, source);
  }
  return { at, nodes, storages: new Map(storages), sources };
}

import type { Memory } from '../people/memory.ts';
import { accessSource } from '../schema.ts';
import { directoryAccess } from './directory.ts';
import { createNames, type Names } from './names.ts';
import { proxmoxAccess } from './proxmox.ts';
import { recordEnded, recordUnknown } from './record.ts';
import { createReview, type Review } from './review.ts';
import type { AccessService } from './service.ts';
import { wikiAccess } from './wiki.ts';

/** What is there of the review of who has admin rights. */
export interface OpenedAccess {
  readonly names: Names;
  readonly review: Review;
}

/** What a hypervisor needs so that it is reviewed. */
export const noReviewToken = 'a review token: settings name none (docs/rights.md has the commands)';

/**
 * Opens all sources that settings name. One that they do not name any more is ended. A hypervisor of which only the review token was taken out is
 * unknown from now on: what was known of it goes out of date, and nobody says that it is over.
 */
export async function openAccess(service: AccessService, memory: Memory): Promise<OpenedAccess> {
  const { settings, database } = service;
  const names = createNames();
  const adapters = [
    ...settings.hypervisors.flatMap((each) => proxmoxAccess(each, service) ?? []),
    ...(hasAdminGroups(settings) ? [directoryAccess(memory)] : []),
    ...(settings.wiki ? [wikiAccess(settings.wiki, service, memory)] : []),
  ];
  await database.transaction(async (tx) => {
    const there = await tx.select({ id: accessSource.id }).from(accessSource);
    for (const { id } of there.toSorted((a, b) => a.id.localeCompare(b.id))) {
      if (adapters.some((each) => each.id === id)) continue;
      if (settings.hypervisors.some((each) => each.id === id))
        await recordUnknown(tx, service, id, noReviewToken);
      else await recordEnded(tx, service, id);
    }
  });
  return { names, review: createReview(service, adapters, names) };
}

/** Of a file it shows only when it is read. */
function hasAdminGroups({ directory }: AccessService['settings']): boolean {
  if (directory === undefined) return false;
  return 'file' in directory || (directory.ldap.groups.admins ?? []).length > 0;
}

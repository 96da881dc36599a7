import type { SpaceSettings } from '@huismeester/contracts';
import { gibibytes } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { isRefusal, newEvent, type Refusal, refuse } from '@huismeester/events';
import { oneOf } from '@huismeester/service';
import { eq } from 'drizzle-orm';
import { freeVmid } from '../core/creating/vmid.ts';
import { guestId } from '../core/observe.ts';
import { type Amounts, type AskedSize, amountsOf, type Offered, userOf } from '../core/templates.ts';
import { projectScope } from '../projects/register.ts';
import { quotaScope } from '../quota/account.ts';
import { creation } from '../schema.ts';
import { vmidScope } from './cloning.ts';
import type { CreatingContext, Site } from './context.ts';
import { allTaken, createTask, creations, type Stored } from './creations.ts';
import { othersOf } from './numbers.ts';
import { overEveryNode, roomScopes } from './room.ts';
import { namesOf, takenVmids } from './store.ts';

/** What a person asks for; its keys were read and checked before. */
interface Asked {
  readonly id: string;
  /** The person's id, and as the log names them. */
  readonly owner: string;
  readonly actor: string;
  readonly name: string;
  readonly template: string;
  readonly size: AskedSize;
  readonly keys: readonly string[];
  readonly project?: string;
}

export type Sizes = SpaceSettings['sizes'];

/** What is asked for, as it can be made: of a template that there is, with a disk that its system fits on. */
interface Plan {
  readonly template: Offered;
  readonly amounts: Amounts;
}

/**
 * Checks what a person asks for, takes their quota and a number, and writes the intent, all in one command: of a hundred that ask at once each gets a
 * number of its own, and none more than their quota.
 */
export async function beginCreation(
  tx: Tx,
  context: CreatingContext,
  {
    asked,
    offered,
    sizes,
  }: { readonly asked: Asked; readonly offered: readonly Offered[]; readonly sizes: Sizes },
): Promise<Stored | Refusal> {
  const plan = planOf(asked, offered, sizes);
  if (isRefusal(plan)) return plan;
  const { hypervisor } = plan.template;
  const site = context.sites.get(hypervisor);
  if (site === undefined) throw new Error(`hypervisor ${hypervisor} has templates and no create token`);
  const { id, owner, actor, project } = asked;
  const done = await creations.handle(tx, {
    log: context.log,
    id,
    actor,
    only: 'new',
    scope: [
      quotaScope(owner),
      vmidScope(hypervisor),
      // One more VM that was granted is made once.
      ...(project === undefined ? [] : [projectScope(project)]),
      ...roomScopes(site, plan.template),
    ],
    read: async () => await findRoom(tx, context, site, { asked, plan }),
    decide: (_, room) =>
      isRefusal(room) ? room : begun(asked, plan, { ...room, prefix: site.settings.prefix }),
  });
  if (isRefusal(done)) return done;
  if (!done.state) throw new Error(`creation ${id} was begun and is not there`);
  // In no event: only who makes the VM needs them, and only for so long.
  const state = { ...done.state.state, keys: asked.keys };
  await tx.update(creation).set({ state }).where(eq(creation.id, id));
  await context.tasks().enqueue(tx, createTask(id));
  return { ...done.state, id, state };
}

function planOf(
  { template: wanted, size }: Asked,
  offered: readonly Offered[],
  sizes: Sizes,
): Plan | Refusal {
  const template = offered.find(({ id }) => id === wanted);
  if (template === undefined) {
    const ids = offered.map(({ id }) => id);
    const allowed =
      ids.length === 0
        ? 'the id of a template; there is none'
        : `the id of a template: ${oneOf(ids, wanted)}`;
    return refuse('no-such-template', `There is no template ${wanted}`, {
      clause: 'PART-2',
      errors: [{ field: 'body.template', found: wanted, allowed }],
    });
  }
  const amounts = amountsOf(size, sizes);
  const least = gibibytes(template.minDisk);
  if (amounts.diskGib >= least) return { template, amounts };
  return refuse('disk-too-small', `The system of ${wanted} does not fit on ${amounts.diskGib} GiB`, {
    clause: 'PART-2',
    errors: [
      { field: 'body.size', found: `a disk of ${amounts.diskGib} GiB`, allowed: `${least} GiB or more` },
    ],
  });
}

/** Under the locks: whether the name is free among their own, whether they may, and have room, and which number is free. */
async function findRoom(
  tx: Tx,
  { clock, ports, reserve }: CreatingContext,
  site: Site,
  {
    asked: { owner, name, project },
    plan: { template, amounts },
  }: { readonly asked: Asked; readonly plan: Plan },
): Promise<{ vmid: number } | Refusal> {
  const refusal =
    (await nameTaken(tx, owner, name)) ??
    (await ports.refuseCreation(tx, owner, project)) ??
    (await ports.takeQuota(tx, { person: owner, project }, { vms: 1, ...amounts })) ??
    (await overEveryNode(tx, site, reserve, { template, amounts }));
  if (refusal) return refusal;
  const { vmids } = site.settings;
  const taken = new Set([...(await takenVmids(tx, template.hypervisor)), ...othersOf(site, clock.now())]);
  const vmid = vmids && freeVmid(vmids, taken);
  if (vmid !== undefined) return { vmid };
  return allTaken(template.hypervisor);
}

/** Why a person cannot have another VM of this name; what failed keeps its name until they have chosen what becomes of it. */
async function nameTaken(tx: Tx, owner: string, name: string): Promise<Refusal | undefined> {
  const by = (await namesOf(tx, owner)).get(name);
  if (by === undefined) return undefined;
  const failed = by.failed === undefined ? undefined : `/creations/${by.failed}`;
  const title =
    failed === undefined ? `You have a VM ${name} already` : `The making of your VM ${name} failed before`;
  const other = 'a name that none of your other VMs has';
  const allowed =
    failed === undefined
      ? other
      : `${other}; to try that one again POST ${failed}/retry, to be rid of it POST ${failed}/giving-up`;
  return refuse('name-taken', title, {
    clause: 'PART-2',
    errors: [{ field: 'body.name', found: name, allowed }],
  });
}

function begun(
  { id, owner, name, keys, project }: Asked,
  { template, amounts }: Plan,
  { vmid, prefix }: { readonly vmid: number; readonly prefix: string },
) {
  const { hypervisor, kind } = template;
  return [
    newEvent('creation.begun', `creation/${id}`, {
      creation: id,
      owner,
      name,
      hypervisor,
      vm: guestId(prefix, vmid),
      vmid,
      template: template.id,
      kind,
      user: userOf(template),
      cores: amounts.cores,
      memory_mib: amounts.memoryMib,
      disk_gib: amounts.diskGib,
      keys: keys.length,
      ...(project !== undefined && { project }),
    }),
  ];
}

import type { Drift, PeopleAct } from '@huismeester/contracts';
import { creationSteps } from '@huismeester/contracts/sentences';

/** What is said about VMs of participants; the other languages have the same. */
export const english = {
  list: {
    heads: {
      id: 'id',
      name: 'name',
      status: 'status',
      cores: 'cores',
      memory: 'memory',
      disk: 'disk',
      goesOff: 'goes off',
      note: 'note',
    },
    running: 'running',
    stopped: 'off',
    creating: 'being made',
    failed: 'not made',
    offered: 'offered to you',
    nothing: 'You have no VM. `huismeester templates` shows what you can make one of.',
    offer: (name: string) => `accept it with \`huismeester vm accept ${name}\`, or \`decline\``,
    making: (id: string) => `look with \`huismeester vm follow ${id}\``,
  },
  create: {
    begun: (name: string, vm: string, size: string, template: string) =>
      `${name} is being made as VM ${vm}, of ${template}: ${size}.`,
    steps: creationSteps.en,
    cores: (count: number) => (count === 1 ? '1 core' : `${count} cores`),
    waits: (why: string) => `waits: ${why}`,
    goesOn: (id: string) =>
      `It goes on without you: \`huismeester vm list\` shows how it is, \`huismeester vm follow ${id}\` goes on looking.`,
    noAddress: (name: string) =>
      `${name} runs, and has no address yet. Look in a moment: \`huismeester vm list\`, or in its console: \`huismeester vm console ${name}\`.`,
    failed: (name: string, why: string) => `${name} could not be made: ${why}`,
    next: (id: string) =>
      `Try it again: \`huismeester vm retry ${id}\`. Or leave it: \`huismeester vm give-up ${id}\`.`,
    sayAll: 'say all three of --cores, --memory and --disk, or --size',
    givenUp: (name: string) => `${name} is given up: it counts no more.`,
  },
  acts: {
    asked: {
      start: 'is asked to start',
      shutdown: 'is asked to shut down',
      reboot: 'is asked to reboot',
      stop: 'has its plug pulled',
      resize: 'is being resized',
      delete: 'is being deleted',
    } as Readonly<Record<PeopleAct, string>>,
    done: {
      start: 'runs.',
      shutdown: 'is off.',
      reboot: 'has rebooted.',
      stop: 'is off.',
      resize: 'is resized.',
      delete: 'is deleted.',
    } as Readonly<Record<PeopleAct, string>>,
    typeName: {
      stop: (name: string) =>
        `Its plug is pulled: what was not saved is lost. To do that, type its name (${name}): `,
      delete: (name: string) =>
        `It is deleted with its disks, which cannot be undone. To do that, type its name (${name}): `,
    },
    sayName: (act: string, name: string) =>
      `nothing was done: repeat its name, \`huismeester vm ${act} ${name} --name ${name}\``,
    otherName: 'That is not its name: nothing was done.',
    failed: (vm: string, why: string) => `it did not work with ${vm}: ${why}`,
    goesOn: 'It goes on without you: `huismeester vm list` shows how it is.',
    sayWhat: 'say how large: --size, or some of --cores, --memory and --disk',
  },
  owner: {
    offered: (vm: string, to: string) =>
      `${vm} is offered to ${to}, and stays yours until that person accepts: \`huismeester vm accept ${vm}\`.`,
    given: (vm: string, to: string) =>
      `${vm} is offered to ${to}; it has no owner until that person accepts: \`huismeester vm accept ${vm}\`.`,
    accepted: (vm: string) => `${vm} is yours now, and so is what is in it (PART-3).`,
    declined: (vm: string) => `You declined ${vm}.`,
    withdrawn: (vm: string) => `${vm} is offered to nobody any more.`,
    whose: (owner: string) => `owner    ${owner}`,
    nobody: 'nobody',
    offeredTo: 'offered to',
    unclaimed: {
      heads: { vm: 'vm', name: 'name', node: 'node', status: 'status' },
      nothing: 'Every VM of the participants’ pool has an owner.',
    },
  },
  quota: {
    heads: { what: 'what', used: 'used', allowed: 'allowed', left: 'left' },
    rows: { vms: 'VMs', cores: 'cores', memory: 'memory', disk: 'disk' },
    counts: 'Cores and memory count of VMs that run, disks of all.',
  },
  templates: {
    heads: {
      id: 'template',
      kind: 'kind',
      user: 'log in as',
      disk: 'smallest disk',
      hypervisor: 'on',
      name: 'name',
    },
    kinds: { qemu: 'VM', lxc: 'container' } as Readonly<Record<string, string>>,
    nothing: 'Nobody has set up templates: nothing can be made here.',
  },
  drift: {
    heads: { vm: 'vm', what: 'what', ours: 'here', theirs: 'in Proxmox', acts: 'who', toDo: 'what to do' },
    acts: { owner: 'its owner', infrateam: 'infrateam', huismeester: 'Huismeester' } as Readonly<
      Record<Drift['acts'], string>
    >,
    nothing: 'Proxmox is as our records say.',
  },
};

export type Words = typeof english;

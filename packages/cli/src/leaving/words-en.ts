/** What is said about leaving Huismeester itself; the other languages have the same. */
export const english = {
  which: (itself: string, team: string) =>
    `nothing was done: leave what?\n  Huismeester itself: \`huismeester ${itself}\` shows what that takes, and changes nothing.\n  The infrateam: \`huismeester ${team}\`.`,
  title: 'Leaving Huismeester (asking changes nothing):',
  notNow: 'Not now:',
  nothingInTheWay: 'Nothing is in the way: no power cut, and nothing that is being done.',
  power: (stage: string) => `power is in stage ${stage}: wait until mains is back and all runs again`,
  act: (about: string, act: string) => `${about}: ${act}`,
  creation: (about: string) => `${about} is being made: wait, or \`huismeester vm give-up\``,
  stays: 'What stays as it is:',
  vms: (core: number, spaceWide: number, participant: number) =>
    `${core} core, ${spaceWide} space-wide and ${participant} participants’ VMs: they go on as they are, running or not`,
  rest: 'Proxmox with its pools and users, upsd and upsmon, switches, the directory and the wiki: nothing of Huismeester is in them but the logins below',
  ends: 'What nobody does any more: shut VMs down in a power cut before the battery is empty and start them again, end leases (PART-4), write to people',
  upsmon: (nodes: string) =>
    `${nodes}: no upsmon shuts them down (nodeShutdown: huismeester): let one log in at upsd there first`,
  toStart: 'Off, and nobody would start them any more; start them on their node, if they are to run:',
  nodesOff: (nodes: string) =>
    `Nodes that are off since Huismeester shut them down: ${nodes}. Press their buttons.`,
  givenBack:
    'What is given back: onboot, that Huismeester turned off since a lease ended; as root on the node:',
  nothingToGive: 'There is nothing to give back: Huismeester has turned off no VM’s onboot.',
  unknownOnboot: (why: string) => `Whose onboot is turned off is not known: vm-lifecycle ${why}.`,
  export: 'What the export has, `huismeester export --out space.json`:',
  empty: (registers: string) => `(nothing in ${registers})`,
  noExport: (why: string) => `There would be no export: ${why}`,
  thenRemove: 'What to remove, when Huismeester is stopped and the export is kept:',
  proxmox: (hypervisor: string) => `hypervisor ${hypervisor}, as root on any node:`,
  proxmoxProposed:
    'as root on any node, if the tokens are named as `init` proposes (with --config space.yaml: as yours are):',
  onlyOurs: 'A user that something else uses, too, is not to be deleted.',
  logins: 'logins that were made for it:',
  loginsUnknown:
    'logins that were made for it: at upsd, switches, the directory, the broker, the mail server, the wiki; --config space.yaml names them',
  database:
    'its database, as root there: sudo -u postgres dropdb huismeester; sudo -u postgres dropuser huismeester',
  program: 'its program and settings: the units or containers, space.yaml, and the secrets that it names',
  programs: (names: string) => `Programs that ask Huismeester, and get no answer any more: ${names}.`,
  page: 'In which order: docs/leaving.md.',
};

export type Words = typeof english;

import { creationSteps } from '@huismeester/contracts/sentences';
import type { Words } from './words-en.ts';

export const dutch: Words = {
  list: {
    heads: {
      id: 'id',
      name: 'naam',
      status: 'status',
      cores: 'cores',
      memory: 'geheugen',
      disk: 'schijf',
      goesOff: 'gaat uit',
      note: 'opmerking',
    },
    running: 'aan',
    stopped: 'uit',
    creating: 'wordt gemaakt',
    failed: 'niet gemaakt',
    offered: 'jou aangeboden',
    nothing: 'Je hebt geen VM. `huismeester templates` laat zien waar je er een van kunt maken.',
    offer: (name) => `neem hem aan met \`huismeester vm accept ${name}\`, of niet: \`decline\``,
    making: (id) => `kijk mee met \`huismeester vm follow ${id}\``,
  },
  create: {
    begun: (name, vm, size, template) => `${name} wordt gemaakt als VM ${vm}, met ${template}: ${size}.`,
    steps: creationSteps.nl,
    cores: (count) => (count === 1 ? '1 core' : `${count} cores`),
    waits: (why) => `wacht: ${why}`,
    goesOn: (id) =>
      `Het gaat door zonder jou: \`huismeester vm list\` laat zien hoe het staat, met \`huismeester vm follow ${id}\` kijk je weer mee.`,
    noAddress: (name) =>
      `${name} draait, en heeft nog geen adres. Kijk zo nog eens: \`huismeester vm list\`, of in zijn console: \`huismeester vm console ${name}\`.`,
    failed: (name, why) => `${name} kon niet worden gemaakt: ${why}`,
    next: (id) =>
      `Probeer het nog eens: \`huismeester vm retry ${id}\`. Of laat het: \`huismeester vm give-up ${id}\`.`,
    sayAll: 'zeg alle drie: --cores, --memory en --disk, of anders --size',
    givenUp: (name) => `${name} gaat niet door: hij telt niet meer mee.`,
  },
  acts: {
    asked: {
      start: 'krijgt het verzoek te starten',
      shutdown: 'krijgt het verzoek af te sluiten',
      reboot: 'krijgt het verzoek opnieuw te starten',
      stop: 'wordt hard uitgezet',
      resize: 'krijgt een andere grootte',
      delete: 'wordt verwijderd',
    },
    done: {
      start: 'draait.',
      shutdown: 'staat uit.',
      reboot: 'is opnieuw gestart.',
      stop: 'staat uit.',
      resize: 'heeft zijn nieuwe grootte.',
      delete: 'is verwijderd.',
    },
    typeName: {
      stop: (name) =>
        `Hij wordt hard uitgezet: wat niet bewaard is, is weg. Typ zijn naam (${name}) als je dat wilt: `,
      delete: (name) =>
        `Hij wordt verwijderd met zijn schijven, en dat is niet terug te draaien. Typ zijn naam (${name}) als je dat wilt: `,
    },
    sayName: (act, name) =>
      `er is niets gedaan: herhaal zijn naam, \`huismeester vm ${act} ${name} --name ${name}\``,
    otherName: 'Zo heet hij niet: er is niets gedaan.',
    failed: (vm, why) => `het is niet gelukt met ${vm}: ${why}`,
    goesOn: 'Het gaat door zonder jou: `huismeester vm list` laat zien hoe het staat.',
    sayWhat: 'zeg hoe groot: --size, of een paar van --cores, --memory en --disk',
  },
  owner: {
    offered: (vm, to) =>
      `${vm} is aangeboden aan ${to}, en blijft van jou tot die hem aanneemt: \`huismeester vm accept ${vm}\`.`,
    given: (vm, to) =>
      `${vm} is aangeboden aan ${to}; hij is van niemand tot die hem aanneemt: \`huismeester vm accept ${vm}\`.`,
    accepted: (vm) => `${vm} is nu van jou, met wat erin zit (PART-3).`,
    declined: (vm) => `Je hebt ${vm} niet aangenomen.`,
    withdrawn: (vm) => `${vm} is aan niemand meer aangeboden.`,
    whose: (owner) => `eigenaar ${owner}`,
    nobody: 'niemand',
    offeredTo: 'aangeboden aan',
    unclaimed: {
      heads: { vm: 'vm', name: 'naam', node: 'node', status: 'status' },
      nothing: 'Elke VM van de deelnemerspool heeft een eigenaar.',
    },
  },
  quota: {
    heads: { what: 'wat', used: 'in gebruik', allowed: 'mag', left: 'over' },
    rows: { vms: 'VM’s', cores: 'cores', memory: 'geheugen', disk: 'schijf' },
    counts: 'Cores en geheugen tellen van VM’s die aan staan, schijven van alle.',
  },
  templates: {
    heads: {
      id: 'template',
      kind: 'soort',
      user: 'inloggen als',
      disk: 'kleinste schijf',
      hypervisor: 'op',
      name: 'naam',
    },
    kinds: { qemu: 'VM', lxc: 'container' },
    nothing: 'Niemand heeft templates ingesteld: hier is niets te maken.',
  },
  drift: {
    heads: { vm: 'vm', what: 'wat', ours: 'hier', theirs: 'in Proxmox', acts: 'wie', toDo: 'wat te doen' },
    acts: { owner: 'de eigenaar', infrateam: 'infrateam', huismeester: 'Huismeester' },
    nothing: 'In Proxmox is het zoals hier staat.',
  },
};

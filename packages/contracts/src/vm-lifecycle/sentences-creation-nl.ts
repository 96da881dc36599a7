import type { SentencesOf, WordFor } from '../wording.ts';
import type { CreationStep, events } from './creation.ts';

/** The steps of making a VM, in Dutch: while one is taken. */
export const steps: WordFor<typeof CreationStep> = {
  planned: 'hij wacht op zijn beurt',
  cloning: 'het template wordt gekopieerd',
  configuring: 'grootte, sleutels en netwerk worden ingesteld',
  resizing: 'de schijf wordt vergroot',
  starting: 'hij wordt gestart',
  'waiting-for-address': 'we wachten op zijn adres',
  'cleaning-up': 'wat er van gemaakt was, wordt opgeruimd',
  done: 'klaar',
  failed: 'mislukt',
  'given-up': 'gestopt',
};

/** What each event about the making of a VM says, in Dutch. */
export const creation: SentencesOf<typeof events>['nl'] = {
  'creation.begun': ({ vm, name, template }) => `VM ${vm} (${name}) is aangevraagd, met template ${template}`,
  'creation.step-begun': ({ vmid, step }) => `VM ${vmid} maken: ${steps[step]}`,
  'creation.step-accepted': ({ step }) => `Proxmox neemt het verzoek aan: ${steps[step]}`,
  'creation.step-failed': ({ step, error, attempt, again }) =>
    `poging ${attempt} is mislukt (${steps[step]}): ${error}${again ? '; het wordt nog eens geprobeerd' : ''}`,
  'creation.vmid-changed': ({ from, vmid }) => `${from} is een andere gast: de VM krijgt nummer ${vmid}`,
  'creation.identified': ({ vm, node }) => `VM ${vm} staat op ${node}`,
  'creation.done': ({ vm, address }) =>
    `VM ${vm} draait${address === undefined ? ' en heeft nog geen adres' : ` op ${address}`}`,
  'creation.failed': ({ step, error, left }) =>
    `de VM kon niet worden gemaakt (${steps[step]}): ${error}${left ? '; wat er van gemaakt is staat er nog' : ''}`,
  'creation.retried': () => 'wat mislukte wordt nog eens geprobeerd',
  'creation.given-up': ({ left }) =>
    `wat mislukte wordt niet nog eens geprobeerd${left ? '; wat er van gemaakt is staat er nog' : ''}`,
};

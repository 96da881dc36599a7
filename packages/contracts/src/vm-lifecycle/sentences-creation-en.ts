import type { SentencesOf, WordFor } from '../wording.ts';
import type { CreationStep, events } from './creation.ts';

/** The steps of making a VM, in English: while one is taken. */
export const steps: WordFor<typeof CreationStep> = {
  planned: 'it waits for its turn',
  cloning: 'copying the template',
  configuring: 'setting size, keys and network',
  resizing: 'enlarging the disk',
  starting: 'starting it',
  'waiting-for-address': 'waiting for its address',
  'cleaning-up': 'removing what was made of it',
  done: 'done',
  failed: 'failed',
  'given-up': 'given up',
};

/** What each event about the making of a VM says, in English. */
export const creation: SentencesOf<typeof events>['en'] = {
  'creation.begun': ({ vm, name, template }) => `VM ${vm} (${name}) was asked for, of template ${template}`,
  'creation.step-begun': ({ vmid, step }) => `making VM ${vmid}: ${steps[step]}`,
  'creation.step-accepted': ({ step }) => `Proxmox took the request: ${steps[step]}`,
  'creation.step-failed': ({ step, error, attempt, again }) =>
    `attempt ${attempt} failed at ${steps[step]}: ${error}${again ? '; it will be tried again' : ''}`,
  'creation.vmid-changed': ({ from, vmid }) => `${from} is another guest: the VM gets number ${vmid}`,
  'creation.identified': ({ vm, node }) => `VM ${vm} stands on ${node}`,
  'creation.done': ({ vm, address }) =>
    `VM ${vm} runs${address === undefined ? ' and has no address yet' : ` at ${address}`}`,
  'creation.failed': ({ step, error, left }) =>
    `the VM could not be made, at ${steps[step]}: ${error}${left ? '; what was made of it is still there' : ''}`,
  'creation.retried': () => 'what failed is tried once more',
  'creation.given-up': ({ left }) =>
    `what failed is not tried again${left ? '; what was made of it is still there' : ''}`,
};

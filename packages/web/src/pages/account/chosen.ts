import type { PreferencesResource } from '@huismeester/contracts';

/** What one chose, as a form has it: a text for each field, empty where nothing is chosen. */
export interface Chosen {
  readonly language: 'nl' | 'en' | '';
  readonly notices: 'digest' | 'urgent' | 'none';
  readonly from: string;
  readonly until: string;
  readonly keys: string;
}

/** What is in force as a form shows it; nothing chosen for mails is `digest`. */
export function formOf({ language, notices, holiday, sshKeys }: PreferencesResource): Chosen {
  return {
    language: language ?? '',
    notices: notices ?? 'digest',
    from: holiday?.from ?? '',
    until: holiday?.until ?? '',
    keys: (sshKeys ?? []).join('\n'),
  };
}

/** What is sent: all of it, since what is left out is chosen no more. One day of a holiday alone is sent too, and refused at its field. */
export function preferencesOf({ language, notices, from, until, keys }: Chosen): PreferencesResource {
  const lines = keys
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return {
    ...(language !== '' && { language }),
    ...(notices !== 'digest' && { notices }),
    ...((from !== '' || until !== '') && { holiday: { from, until } }),
    ...(lines.length > 0 && { sshKeys: lines }),
  };
}

import type { DirectoryReason, DirectorySettings, SpaceSettings } from '@huismeester/contracts';
import { DirectoryError, type DirectoryRead, openDirectory } from '@huismeester/directory';
import { type Finding, look } from '../../check/finding.ts';
import { english } from '../words-en.ts';
import { groupFindings } from './groups.ts';
import { roleFindings } from './roles.ts';

/** All attempts together; settings allow less than that between two reads. */
const deadlineMs = 45_000;

/** Reads the directory once: whether it can be read whole, what is in it, and who would have which role. Changes nothing. */
export async function checkDirectory({ directory }: Pick<SpaceSettings, 'directory'>): Promise<Finding[]> {
  if (directory === undefined) return [];
  let reason: DirectoryReason | undefined;
  const { finding, value } = await look(`${nameOf(directory)} is read whole`, () =>
    openDirectory(directory)
      .read(AbortSignal.timeout(deadlineMs))
      .catch((error: unknown) => {
        if (error instanceof DirectoryError) ({ reason } = error);
        throw error;
      }),
  );
  if (value === undefined) return [withRemedy(`${nameOf(directory)} cannot be used`, finding, reason)];
  return [finding, ...writeFindings(directory), ...readFindings(value)];
}

function nameOf(settings: DirectorySettings): string {
  return 'file' in settings
    ? `directory: the file ${settings.file}`
    : `directory: ${settings.ldap.urls.join(', ')}`;
}

function withRemedy(what: string, { problem = '' }: Finding, reason: DirectoryReason | undefined): Finding {
  if (reason === undefined) return { what, problem };
  const { reasons, remedies } = english.directory;
  return { what, problem: `${reasons[reason]}: ${problem}`, remedy: `directory: ${remedies[reason]}` };
}

/** Whether we may write shows when something is to be written: no group is changed to try it. */
export function writeFindings(settings: DirectorySettings): Finding[] {
  if (!('ldap' in settings) || settings.writes !== 'groups') return [];
  return [
    {
      what: 'directory: writes: groups',
      warning: 'whether we may write is not tried here: a group is written only when it must change',
      remedy:
        'directory: give the account of directory.ldap.bindDn write access to the member attribute of the groups for team and trial',
    },
  ];
}

/** What was seen, and what follows from it. */
export function readFindings(read: DirectoryRead): Finding[] {
  return [...peopleFindings(read), ...groupFindings(read), ...roleFindings(read)];
}

function peopleFindings({ people, skipped }: DirectoryRead): Finding[] {
  const disabled = people.filter(({ enabled }) => !enabled).length;
  const what = `directory: ${people.length} people, of whom ${disabled} disabled`;
  return [
    people.length > 0
      ? { what }
      : {
          what,
          problem: 'nobody could log in',
          remedy:
            'directory: correct base and filter, or give the account that reads it the right to see people',
        },
    ...(skipped === 0
      ? []
      : [
          {
            what: `directory: ${skipped} entries that nobody can log in as`,
            warning: 'they have no uid, or one that another has too',
            remedy: 'directory: give each of these a uid of its own there, or leave them out with filter',
          },
        ]),
  ];
}

/** Where a thing is shown, by its subject in events and answers: `vm/104` is at `/vms/104`. */
export function placeOf(subject: string): string {
  const [kind = '', id = ''] = subject.split('/');
  const at = encodeURIComponent(id);
  switch (kind) {
    case 'vm':
      return `/vms/${at}`;
    case 'node':
    case 'hypervisor':
    case 'ups':
    case 'mains':
      return '/power';
    case 'probe':
    case 'switch':
    case 'port':
    case 'incident':
    case 'vantage':
      return `/network#${subject}`;
    case 'item':
      return `/things/${at}`;
    case 'project':
      return `/projects/${at}`;
    case 'application':
      return `/team/applications/${at}`;
    case 'person':
    case 'member':
    case 'team':
      return '/team';
    case 'account':
    case 'access-list':
      return '/team/access';
    default:
      return '/violations';
  }
}

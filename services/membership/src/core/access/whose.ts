import type { AccountResource, PersonId, RegisterState } from '@huismeester/contracts';

/** What is known of an account beside what its source says. */
export interface AboutAccount {
  readonly person: PersonId | undefined;
  readonly builtIn: boolean;
  readonly isService: boolean;
  /** Of that person, in the register. */
  readonly register: RegisterState | undefined;
  /** Whether something of core is granted to that person now (JOIN-3). */
  readonly grantedCore: boolean;
}

/** Whose an account with admin rights is (CORE-4): who is suspended, or was of the team once, is none of its members. */
export function whose({
  person,
  builtIn,
  isService,
  register,
  grantedCore,
}: AboutAccount): AccountResource['whose'] {
  if (builtIn) return 'built-in';
  if (isService) return 'service';
  if (person === undefined) return 'nobody';
  if (register === 'full') return 'member';
  return register === 'trial' && grantedCore ? 'granted-trial' : 'other';
}

/** The realm of a user or a token of Proxmox, and its name there. */
export function partsOf(id: string): { readonly name: string; readonly realm: string } {
  const [user = ''] = id.split('!');
  const at = user.lastIndexOf('@');
  return { name: user.slice(0, at), realm: user.slice(at + 1) };
}

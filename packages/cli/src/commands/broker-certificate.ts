interface Wanted {
  readonly dir: string;
  /** As whom the broker reads its files. */
  readonly user: string;
  /** Where clients, and other servers, find it. */
  readonly names: readonly string[];
  /** Whether it asks other servers for a certificate of the same authority. */
  readonly mutual?: boolean;
}

/** Puts a certificate, which is in the current folder, where the configuration names it: readable by the broker alone. */
export function certificateCommands({ dir, user, names, mutual = false }: Wanted): string[] {
  const files = ['server.crt', 'server.key', ...(mutual ? ['ca.crt'] : [])].join(' ');
  const owner = `-o ${user} -g ${user}`;
  return [
    `install -d ${owner} -m 700 ${dir}/certs`,
    `install ${owner} -m 600 ${files} ${dir}/certs/   # a certificate for ${[...new Set(names)].join(', ')}; how to make one: docs/distributed.md`,
  ];
}

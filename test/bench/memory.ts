import { readFile } from 'node:fs/promises';

/** The resident memory of a process, MB (10^6 bytes), from the kernel. */
export async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(status);
  if (!match) throw new Error(`/proc/${pid}/status has no VmRSS`);
  return (Number(match[1]) * 1024) / 1e6;
}

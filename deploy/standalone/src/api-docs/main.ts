import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { endUnstarted } from '@huismeester/service';
import { generateApiDocs } from './generate.ts';

const folder = asked().out ?? fileURLToPath(new URL('../../../../docs/api', import.meta.url));
await mkdir(folder, { recursive: true });
for (const [name, content] of Object.entries(await generateApiDocs())) {
  await writeFile(join(folder, name), content);
  process.stdout.write(`${join(folder, name)}\n`);
}

function asked(): { out?: string } {
  try {
    return parseArgs({ options: { out: { type: 'string' } } }).values;
  } catch (error) {
    endUnstarted(error);
  }
}

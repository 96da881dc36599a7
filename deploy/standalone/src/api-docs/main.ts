import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generateApiDocs } from './generate.ts';

const { values } = parseArgs({ options: { out: { type: 'string' } } });
const folder = values.out ?? fileURLToPath(new URL('../../../../docs/api', import.meta.url));
await mkdir(folder, { recursive: true });
for (const [name, content] of Object.entries(await generateApiDocs())) {
  await writeFile(join(folder, name), content);
  process.stdout.write(`${join(folder, name)}\n`);
}

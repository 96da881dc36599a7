import { readFile, writeFile } from 'node:fs/promises';
import { lists } from './lists.ts';

/** Writes every list of services in `deploy/` anew, from the registry. */
for (const { file, part, text } of lists) {
  const place = new URL(`../../../${file}`, import.meta.url);
  await writeFile(
    place,
    (await readFile(place, 'utf8')).replace(part, () => text),
  );
}

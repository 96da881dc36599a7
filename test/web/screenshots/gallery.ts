import { readFile, writeFile } from 'node:fs/promises';
import type { Picture } from './take.ts';

const page = new URL('../../../docs/web.md', import.meta.url);
const marked = /<!-- gallery -->[\s\S]*<!-- end -->/;

/** Replaces the list of pictures in docs/web.md; what people wrote around it stays. */
export async function writeGallery(pictures: readonly Omit<Picture, 'bytes'>[]): Promise<void> {
  const text = await readFile(page, 'utf8');
  await writeFile(page, text.replace(marked, `<!-- gallery -->\n${galleryOf(pictures)}\n<!-- end -->`));
}

/** A heading a page, with its pictures side by side. */
function galleryOf(pictures: readonly Omit<Picture, 'bytes'>[]): string {
  const bySlug = Map.groupBy(pictures, ({ slug }) => slug);
  return [...bySlug]
    .map(([slug, all]) => {
      const shown = all.map(({ title, size, scheme, file }) => {
        const width = size === 'phone' ? 160 : 420;
        return `<img src="images/web/${file}" width="${width}" alt="${title}, on a ${size}, ${scheme}">`;
      });
      const [first] = all;
      return `### ${first === undefined ? slug : `${first.title}, ${first.at}`}\n\n${shown.join('\n')}\n`;
    })
    .join('\n');
}

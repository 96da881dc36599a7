import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** All Markdown files of the project below a folder, as absolute paths; installed packages are not the project's. */
export function markdownFiles(folder: string): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return listed
    .split('\n')
    .filter(Boolean)
    .map((file) => join(folder, file));
}

/** The fenced code blocks of one language in a Markdown file, with the line on which each begins. */
export function codeBlocks(file: string, language: string): { text: string; line: number }[] {
  const text = readFileSync(file, 'utf8');
  const fence = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm');
  return [...text.matchAll(fence)].map((match) => ({
    text: match[1] ?? '',
    line: text.slice(0, match.index).split('\n').length,
  }));
}

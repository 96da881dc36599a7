import { execFile } from 'node:child_process';
import { chmod, cp, mkdir } from 'node:fs/promises';
import { join, matchesGlob, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Instruction {
  readonly name: string;
  readonly args: string;
}

/** The instructions of a Containerfile, each on one line, without comments. */
export function instructionsOf(text: string): Instruction[] {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', args = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
      return { name, args };
    });
}

/** Whether a path from the root of the project is left out, by the lines of a .dockerignore (none with an exception). */
export function ignoring(text: string): (path: string) => boolean {
  const patterns = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return (path) => patterns.some((pattern) => matchesGlob(path, pattern));
}

interface Build {
  readonly instructions: readonly Instruction[];
  readonly ignored: (path: string) => boolean;
  /** The project. */
  readonly context: string;
  /** An empty folder, in which each stage gets its own. */
  readonly into: string;
}

/**
 * Does what a Containerfile says without an engine: each stage is a folder in which absolute paths begin, so that a RUN may
 * name none. Returns the folder of the last stage.
 */
export async function buildWithoutEngine({ instructions, ignored, context, into }: Build): Promise<string> {
  const stages = new Map<string, string>();
  let stage = into;
  let here = '/';
  for (const { name, args } of instructions) {
    if (name === 'FROM') {
      stage = join(into, String(stages.size));
      stages.set(/ AS (\w+)$/.exec(args)?.[1] ?? 'last', stage);
      await mkdir(stage);
    } else if (name === 'WORKDIR') {
      here = join(stage, args);
      await mkdir(here, { recursive: true });
    } else if (name === 'COPY') {
      const { from, mode, sources, target } = copyOf(args);
      const place = target.startsWith('/') ? join(stage, target) : join(here, target);
      if (from !== undefined) {
        // Linked, not copied: nobody needs the stage any more, and there is much in it.
        await run('cp', ['-alT', join(stages.get(from) ?? '', sources[0] ?? ''), place]);
        continue;
      }
      const filter = (path: string) => !ignored(relative(context, path));
      for (const source of sources) {
        const to = target === './' ? join(place, source) : place;
        await cp(join(context, source), to, { recursive: true, verbatimSymlinks: true, filter });
        if (mode !== undefined) await chmod(to, mode);
      }
    } else if (name === 'RUN') await run('sh', ['-c', args], { cwd: here });
  }
  return stage;
}

function copyOf(args: string) {
  const words = args.split(/\s+/);
  const flag = (name: string) => words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
  const paths = words.filter((word) => !word.startsWith('--'));
  const mode = flag('chmod');
  return {
    from: flag('from'),
    mode: mode === undefined ? undefined : Number.parseInt(mode, 8),
    sources: paths.slice(0, -1),
    target: paths.at(-1) ?? '',
  };
}

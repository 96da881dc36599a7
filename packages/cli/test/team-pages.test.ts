import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { answering, problem } from './answering.ts';

const pages = ['new-member', 'member-leaves', 'things'].flatMap((page) => [`${page}.md`, `${page}.nl.md`]);
/** As a shell splits them: what is quoted is one argument, and what is behind # is said to people. */
const argumentsOf = (line: string): string[] =>
  [...line.replace(/ #.*$/, '').matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? '',
  );

const commands = pages.flatMap((page) => {
  const text = readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8');
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block.trim().split('\n'),
  );
  return blocks.map((line) => ({ page, line }));
});

it('the pages for the team have commands', () => {
  expect(commands.length).toBeGreaterThan(30);
});

it.each(commands)('$page: $line is a command, with arguments that it takes', async ({ line }) => {
  const [program, ...args] = argumentsOf(line);
  expect(program).toBe('huismeester');
  const { ran, asked } = await answering(() => problem(404, 'no-such-route'));
  const { code, stderr } = await ran(args);
  // It gets as far as to ask; the command line itself makes sense.
  expect({ code, asked: asked.length > 0 }, stderr).toEqual({ code: 1, asked: true });
});

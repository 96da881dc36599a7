import { expect, it } from 'vitest';
import { commandLine } from './command-line.ts';

it.each([
  [['vote', 'lisa', 'yes'], 'vote lisa yes'],
  [['--because', 'She knows it'], "--because 'She knows it'"],
  [['--because', 'it’s $HOME'], "--because 'it’s $HOME'"],
  [['--because', "it's"], "--because 'it'\\''s'"],
  [['--because', ''], "--because ''"],
])('%j is pasted as %s', (args, line) => {
  expect(commandLine(args)).toBe(line);
});

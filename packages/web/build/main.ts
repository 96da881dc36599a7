import { folderOf, isBuilt, publish } from './folder.ts';
import { hashOfSources } from './sources.ts';

// A process of its own: the bundler's memory goes with it, and its faults end nothing else.
// Whoever serves the files may be another user than who makes them.
process.umask(0o022);
const hash = await hashOfSources();
if (!(await isBuilt(hash))) {
  const { make } = await import('./make.ts');
  await publish(hash, make);
}
process.stdout.write(`${folderOf(hash)}\n`);

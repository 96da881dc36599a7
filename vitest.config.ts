import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const longest = [
  'cut',
  'looks',
  'scenarios',
  'upgrade',
  'power-cut',
  'compose',
  'coming-and-going',
  'network',
  'kill',
];

/**
 * What takes longest is begun first: files are begun by their size otherwise, and the last one would run alone. Of those that share a demo,
 * the first makes the power cut that the others find in its history, and the next only looks.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const place = ({ moduleId }: TestSpecification) => {
      const found = longest.findIndex((name) =>
        new RegExp(`/test/(spaces|upgrade|web)/${name}.test.ts$`).test(moduleId),
      );
      return found < 0 ? longest.length : found;
    };
    return sorted.toSorted((one, other) => place(one) - place(other));
  }
}

/** What waits for real daemons may take long on a busy machine; how long it takes is for the benchmarks. */
const real = {
  testTimeout: 150_000,
  hookTimeout: 150_000,
  // One PostgreSQL for all files of a run.
  globalSetup: ['./test/run/databases.ts'],
};

export default defineConfig({
  test: {
    // To load everything anew for each file takes most of the time of many, and they leave nothing behind for the next.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            '{packages,services}/*/src/**/*.test.ts',
            'deploy/*/src/**/*.test.ts',
            'test/!(spaces|upgrade|web)/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['{packages,services}/*/test/**/*.test.ts', 'deploy/*/test/**/*.test.ts'],
          ...real,
          // More than there are cores: they mostly wait.
          maxWorkers: 6,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'spaces',
          include: ['test/{spaces,upgrade}/**/*.test.ts'],
          ...real,
          // Whole spaces in real time, which wait for a quarter of it: with more at once on two cores they would be late.
          maxWorkers: 3,
          maxConcurrency: 3,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'web',
          include: ['test/web/**/*.test.ts'],
          ...real,
          globalSetup: ['./test/web/harness/serve-demo.ts'],
          // One browser and one demo for all files, which take turns with them.
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          // What takes long by nature: `test:long`, not `test`.
          name: 'long',
          include: ['{packages,services,deploy}/*/{src,test}/**/*.long.ts', 'test/!(web)/**/*.long.ts'],
          ...real,
          // Each file starts several spaces at once already.
          maxWorkers: 1,
          sequence: { groupOrder: 4 },
        },
      },
      {
        extends: true,
        test: {
          name: 'long-web',
          include: ['test/web/**/*.long.ts'],
          ...real,
          globalSetup: [...real.globalSetup, './test/web/harness/serve-demo.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 5 },
        },
      },
    ],
  },
});

import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What starts whole spaces takes longest, and would otherwise often be begun last. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => moduleId.includes('/test/integration/');
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    // Several start whole spaces in real time: more at once than there are cores, and they would be late.
    maxWorkers: 2,
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
            'test/src/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: [
            '{packages,services}/*/test/**/*.test.ts',
            'deploy/*/test/**/*.test.ts',
            'test/integration/**/*.test.ts',
          ],
          testTimeout: 150_000,
          hookTimeout: 150_000,
        },
      },
    ],
  },
});

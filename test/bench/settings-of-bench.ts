import { parseSettings } from '@huismeester/service';

/** The settings of a process of the benchmarks: its space.yaml as JSON in BENCH_SETTINGS, which names no files. */
export function settingsOfBench() {
  return parseSettings(process.env.BENCH_SETTINGS ?? '', {
    file: 'BENCH_SETTINGS',
    env: {},
    readFile: () => {
      throw new Error('the benchmark reads no files');
    },
  });
}

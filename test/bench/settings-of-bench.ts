import { parseSettings } from '@huismeester/service';

/** The settings of a process of the benchmarks: its space.yaml as JSON in BENCH_SETTINGS, which names no files. */
export function settingsOfBench() {
  return parse(process.env.BENCH_SETTINGS ?? '', 'BENCH_SETTINGS');
}

/** The settings that these are, as space.yaml would have them; they name no files. */
export function settingsOf(space: object) {
  return parse(JSON.stringify(space), 'bench');
}

function parse(text: string, file: string) {
  return parseSettings(text, {
    file,
    env: {},
    readFile: () => {
      throw new Error('the benchmark reads no files');
    },
  });
}

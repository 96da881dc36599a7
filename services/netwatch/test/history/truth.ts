import { type History, type Item, isIn, type Stretch } from './space.ts';

/** A part of the true time in which nothing changes. */
export interface Segment extends Stretch {
  /** What does not work, for itself or for want of what it needs. */
  readonly failed: ReadonlySet<string>;
  /** What does not work for itself. */
  readonly broken: ReadonlySet<string>;
  /** Switches that work, but refuse us: of them and their ports nothing is known. */
  readonly refusing: ReadonlySet<string>;
  /** The network of the caretaker itself is cut. */
  readonly cut: boolean;
}

export interface Truth {
  readonly history: History;
  readonly items: ReadonlyMap<string, Item>;
  readonly segments: readonly Segment[];
}

export function truthOf(history: History): Truth {
  const { faults, cuts, endMs } = history;
  const items = new Map(history.items.map((item) => [item.id, item]));
  const edges = [0, endMs, ...[...faults, ...cuts].flatMap(({ from, to }) => [from, to])];
  const sorted = [...new Set(edges)].filter((each) => each <= endMs).toSorted((a, b) => a - b);
  const segments = sorted.slice(0, -1).map((from, index) => {
    const faulty = faults.filter((each) => isIn([each], from)).map(({ thing }) => thing);
    const broken = new Set(faulty.filter((id) => !refuses(items.get(id))));
    const refusing = new Set(faulty.filter((id) => refuses(items.get(id))));
    const to = sorted[index + 1] ?? endMs;
    return { from, to, broken, refusing, failed: failedOf(history.items, broken), cut: isIn(cuts, from) };
  });
  return { history, items, segments };
}

function refuses(item: Item | undefined): boolean {
  return item?.id.startsWith('switch/') === true && item.refuses;
}

/** Needs are of things earlier in the list. */
function failedOf(items: readonly Item[], broken: ReadonlySet<string>): Set<string> {
  const failed = new Set<string>();
  for (const { id, needs } of items) {
    if (broken.has(id) || needs.some((group) => group.every((each) => failed.has(each)))) failed.add(id);
  }
  return failed;
}

export function segmentAt({ segments }: Truth, t: number): Segment {
  const found = segments.findLast(({ from }) => from <= t) ?? segments[0];
  if (!found) throw new Error('a history without a time');
  return found;
}

export interface Answer {
  readonly outcome: 'good' | 'bad' | 'unknown';
  /** Whether anything came back at all. */
  readonly answered: boolean;
  readonly tookMs: number;
}

const deadlineMs = 5_000;

/** How a look at a thing ends that begins now. */
export function answerOf(truth: Truth, item: Item, t: number): Answer {
  const { failed, broken, refusing, cut } = segmentAt(truth, t);
  const reached = item.here || !cut;
  const works = !item.needs.some((group) => group.every((each) => failed.has(each)));
  const answered = reached && works && (!broken.has(item.id) || item.refuses);
  const refused = answered && refusing.has(item.id);
  return {
    outcome: refused ? 'unknown' : reached && !failed.has(item.id) ? 'good' : 'bad',
    answered,
    tookMs: answered ? item.answersMs : deadlineMs,
  };
}

import { DiscardPolicy, RetentionPolicy, StorageType, type StreamConfig } from '@nats-io/jetstream';
import { eventSubject, historyStream } from '../subjects.ts';

/** Something that makes a broker unsafe, and what to do about it. */
export interface Advice {
  readonly problem: string;
  /** A command, or a line for a file. */
  readonly remedy: string;
}

export interface WantedHistory {
  readonly root: string;
  readonly replicas: number;
  /** How long an event is to be kept, in ms. */
  readonly maxAgeMs: number;
}

const nanosPerMs = 1_000_000;
const nanosPerS = 1_000_000_000;
const unlimited = -1;

/** The stream as it is made: on disk, forgetting by age alone, with nothing taken out of its middle. */
export function streamConfig({ root, replicas, maxAgeMs }: WantedHistory) {
  return {
    name: historyStream(root),
    description: 'Huismeester: public events, for others to replay',
    subjects: [eventSubject(root)],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.Old,
    num_replicas: replicas,
    max_age: maxAgeMs * nanosPerMs,
    deny_delete: true,
    deny_purge: true,
  };
}

type Found = Pick<
  StreamConfig,
  | 'subjects'
  | 'retention'
  | 'storage'
  | 'num_replicas'
  | 'max_age'
  | 'max_msgs'
  | 'max_bytes'
  | 'max_msg_size'
> &
  Partial<Pick<StreamConfig, 'max_msgs_per_subject' | 'no_ack'>>;

/** In what a stream that is there falls short of the wanted one; empty when it does not. A longer memory is fine. */
export function streamAdvice(wanted: WantedHistory, found: Found): Advice[] {
  const { name, subjects, num_replicas: replicas, max_age: maxAge } = streamConfig(wanted);
  const edit = (option: string) => `nats stream edit ${name} ${option}`;
  // NATS has no way to change these of a stream.
  const anew = `nats stream rm ${name}, after a backup of it; it is made anew`;
  const wrong: [isWrong: boolean, problem: string, remedy: string][] = [
    [
      !subjects.every((each) => found.subjects.includes(each)) || found.subjects.length > subjects.length,
      `keeps ${found.subjects.join(', ')}, not ${subjects.join(', ')}`,
      edit(`--subjects '${subjects.join(',')}'`),
    ],
    [
      found.retention !== RetentionPolicy.Limits,
      `forgets what was read (retention ${found.retention}), not by age (limits)`,
      anew,
    ],
    [
      found.storage !== StorageType.File,
      `is kept in ${found.storage}, not in a file: a restart empties it`,
      anew,
    ],
    [
      found.num_replicas < replicas,
      `has ${found.num_replicas} of ${replicas} replicas: it is gone with the server that has it`,
      edit(`--replicas ${replicas}`),
    ],
    [
      found.max_age !== 0 && found.max_age < maxAge,
      `forgets after ${found.max_age / nanosPerS} s, not after ${maxAge / nanosPerS} s`,
      edit(`--max-age ${maxAge / nanosPerS}s`),
    ],
    ...limits(found).map(([limit, value, option]): [boolean, string, string] => {
      return [
        value > 0,
        `has the limit ${limit} ${value}: it forgets sooner than by age`,
        edit(`${option}=-1`),
      ];
    }),
  ];
  return wrong.flatMap(([isWrong, what, remedy]) => {
    return isWrong ? [{ problem: `the stream ${name} ${what}`, remedy }] : [];
  });
}

function limits(found: Found): [limit: string, value: number, option: string][] {
  return [
    ['max_msgs', found.max_msgs, '--max-msgs'],
    ['max_bytes', found.max_bytes, '--max-bytes'],
    ['max_msgs_per_subject', found.max_msgs_per_subject ?? unlimited, '--max-msgs-per-subject'],
    ['max_msg_size', found.max_msg_size, '--max-msg-size'],
  ];
}

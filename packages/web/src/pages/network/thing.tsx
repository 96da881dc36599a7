import type { ProbeResource } from '@huismeester/contracts';
import { placeOf } from '../../app/subjects.ts';
import { useSubjects } from '../../parts/subject.ts';
import { common } from '../../words/common.ts';
import { words } from './words.ts';

type Thing = Pick<ProbeResource, 'because' | 'reason' | 'detail' | 'flapping' | 'incident' | 'state'>;

/** Why a thing is in its state, in a few words, and the incident that it is part of. */
export function Remarks({
  thing: { because, reason, detail, flapping, incident, state },
}: {
  readonly thing: Thing;
}) {
  const text = words.value;
  const nameOf = useSubjects();
  const why = reason === undefined ? undefined : common.value.terms.lookReasons[reason];
  const own =
    state === 'up'
      ? []
      : [because === undefined ? why : undefined, because === undefined ? detail : undefined];
  const all = [...own, flapping ? text.flapping : undefined].filter((each) => each !== undefined);
  if (all.length === 0 && because === undefined && incident === undefined) return null;
  return (
    <p>
      {because !== undefined && <a href={placeOf(because)}>{text.because(nameOf(because))}</a>}
      {because !== undefined && all.length > 0 && ', '}
      {all.join(', ')}{' '}
      {incident !== undefined && <a href={`/network#incident/${incident}`}>{text.incident(incident)}</a>}
    </p>
  );
}

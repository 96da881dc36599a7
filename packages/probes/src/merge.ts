import type { LookReason } from '@huismeester/contracts';
import type { Look, SeenCertificate } from './look.ts';

/** From the reason that shows most of the service to the one that shows least: an answer comes before silence. */
const order: readonly LookReason[] = [
  'wrong-secret',
  'certificate',
  'wrong-answer',
  'refused',
  'no-answer',
  'not-allowed-here',
];

export const isGood = ({ outcome }: Look) => outcome === 'up' || outcome === 'degraded';

/** Of looks that all failed, the one that says most of the service. */
export function mostTelling(looks: readonly [Look, ...Look[]]): Look {
  const place = ({ reason, answered }: Look) =>
    (reason === undefined ? order.length : order.indexOf(reason)) - (answered ? order.length : 0);
  const best = looks.reduce((one, other) => (place(other) < place(one) ? other : one));
  return { ...best, answered: looks.some(({ answered }) => answered) };
}

/** One look of a family's tries: the first good one, and `ended` is called then, or when all failed the one that says most. */
export async function firstGood(tries: readonly Promise<Look>[], ended: () => void): Promise<Look> {
  const { promise, resolve } = Promise.withResolvers<Look>();
  const all = Promise.all(
    tries.map(async (each) => {
      const look = await each;
      if (isGood(look)) resolve(look);
      return look;
    }),
  );
  const good = await Promise.race([promise, all]);
  if (!Array.isArray(good)) {
    ended();
    return good;
  }
  const [first, ...rest] = good;
  if (!first) throw new RangeError('there was no address to try');
  return mostTelling([first, ...rest]);
}

/** What the looks in one or both address families come to. */
export function overFamilies(families: readonly { family: 4 | 6; look: Look }[]): Look {
  const looks = families.map(({ look }) => look);
  const [first, ...rest] = looks;
  if (!first) throw new RangeError('there was no address family to try');
  const good = looks.filter(isGood);
  const down = families.filter(({ look }) => look.outcome === 'down');
  const [fastest] = good.toSorted((one, other) => (one.latencyMs ?? 0) - (other.latencyMs ?? 0));
  if (!fastest) return mostTelling([first, ...rest]);
  const certificate = worstCertificate(looks);
  const whole = {
    ...fastest,
    answered: looks.some(({ answered }) => answered),
    ...(certificate && { certificate }),
  };
  const [broken] = down;
  if (broken) {
    const detail = `IPv${broken.family}: ${broken.look.detail ?? broken.look.reason ?? ''}`;
    return { ...whole, outcome: 'degraded', defect: 'one-family', detail: detail.slice(0, 79) };
  }
  const degraded = good.find(({ outcome }) => outcome === 'degraded');
  const { defect, detail } = degraded ?? {};
  return {
    ...whole,
    ...(degraded && { outcome: degraded.outcome }),
    ...(defect && { defect }),
    ...(detail !== undefined && { detail }),
  };
}

/** One with a fault, else the one that ends first. */
function worstCertificate(looks: readonly Look[]): SeenCertificate | undefined {
  return looks
    .flatMap(({ certificate }) => certificate ?? [])
    .toSorted(
      (one, other) =>
        Number(one.fault === undefined) - Number(other.fault === undefined) ||
        one.notAfter.localeCompare(other.notAfter),
    )[0];
}

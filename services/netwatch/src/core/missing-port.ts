import type { KnownPort, PortIdentity } from '@huismeester/contracts';

/** A port as an earlier list had it, with the name by which settings meant it then. */
type SeenPort = PortIdentity & { readonly setting?: string | undefined };

/**
 * A port that settings name and the list lacks, by what its identity is made of or else by the name that it had in settings; undefined:
 * it is in the list, by whatever name, or was never seen by that name.
 */
export function missingPort(
  setting: string,
  known: readonly SeenPort[],
  listed: readonly KnownPort[],
): KnownPort | undefined {
  const meant = known.filter(({ key }) => key === setting);
  const identity =
    (['name', 'descr', 'index'] as const)
      .map((way) => meant.find(({ by }) => by === way))
      .find((each) => each !== undefined) ?? known.find((each) => each.setting === setting);
  if (!identity || listed.some((port) => port.setting === setting || port.id === identity.id))
    return undefined;
  const { id, by, key } = identity;
  return {
    id,
    label: key,
    setting,
    ifIndex: by === 'index' ? Number(key) : 0,
    ...(by !== 'index' && { [by]: key }),
  };
}

/** What a guest's description says of who made it, and for whom. */
export interface Intent {
  /** The creation that made it. */
  readonly creation: string;
  /** The person, by the id in the directory. */
  readonly owner: string;
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const line = new RegExp(`^huismeester: (${uuid}) owner:(${uuid})\\s*$`, 'm');

/**
 * What stands in the description of a guest that we make: by it we know our own again, also when our database is older than the guest. It has no
 * name in it. Whoever can edit the description can change it, so it proposes an owner, and never makes one.
 */
export function intentText({ creation, owner }: Intent): string {
  return [
    `huismeester: ${creation} owner:${owner}`,
    '',
    'Made by Huismeester for a participant. Leave the first line as it is: by it Huismeester knows this VM again.',
    'Gemaakt door Huismeester voor een deelnemer. Laat de eerste regel staan: daaraan herkent Huismeester deze VM.',
  ].join('\n');
}

/** The intent in a description; undefined in one that has none, or another line in its place. */
export function intentOf(description: string | undefined): Intent | undefined {
  const [, creation, owner] = line.exec(description ?? '') ?? [];
  return creation === undefined || owner === undefined ? undefined : { creation, owner };
}

/** Whether a guest is the one that this creation made. */
export function carries(description: string | undefined, creation: string): boolean {
  return intentOf(description)?.creation === creation;
}

const longest = 64;

/** An id made of a name: a-z, 0-9 and single dashes, with a number where others have it already. `item` where the name has no letter or digit. */
export function idOfName(name: string, taken: (id: string) => boolean): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
  const base = trimmed(plain.slice(0, longest)) || 'item';
  if (!taken(base)) return base;
  for (let n = 2; ; n += 1) {
    const end = `-${n}`;
    const id = `${trimmed(base.slice(0, longest - end.length))}${end}`;
    if (!taken(id)) return id;
  }
}

/** The next free id of a cable: `c` and a number. */
export function nextCableId(taken: (id: string) => boolean, count: number): string {
  for (let n = count + 1; ; n += 1) if (!taken(`c${n}`)) return `c${n}`;
}

function trimmed(text: string): string {
  return text.replaceAll(/^-+|-+$/g, '');
}

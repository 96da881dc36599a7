import type { SearchEntry } from 'ldapts';

/** An entry that a search found. Servers may write the name of an attribute in another case than it was asked for. */
export interface Entry {
  /** As the server writes it. */
  readonly dn: string;
  /** The values of an attribute; none where it has none, or none that we may read. */
  texts(attribute: string): readonly string[];
  bytes(attribute: string): readonly Buffer[];
  /** The names of its attributes in lower case, options such as `;range=0-1499` with them. */
  readonly names: readonly string[];
}

export function entryOf({ name, attributes }: SearchEntry): Entry {
  const byName = new Map(attributes.map((attribute) => [attribute.type.toLowerCase(), attribute]));
  return {
    dn: name,
    names: [...byName.keys()],
    // What is no UTF-8 comes as bytes.
    texts: (attribute) => (byName.get(attribute.toLowerCase())?.values ?? []).map(String),
    bytes: (attribute) => byName.get(attribute.toLowerCase())?.parsedBuffers ?? [],
  };
}

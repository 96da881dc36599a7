import type { Attribute, SearchEntry } from 'ldapts';

/** An entry that a search found. Servers may write the name of an attribute in another case than it was asked for. */
export class Entry {
  /** As the server writes it. */
  readonly dn: string;
  readonly #attributes: readonly Attribute[];

  constructor({ name, attributes }: Pick<SearchEntry, 'name' | 'attributes'>) {
    this.dn = name;
    this.#attributes = attributes;
  }

  /** The names of its attributes in lower case, options such as `;range=0-1499` with them. */
  get names(): readonly string[] {
    return this.#attributes.map(({ type }) => type.toLowerCase());
  }

  /** The values of an attribute; none where it has none, or none that we may read. */
  texts(attribute: string): readonly string[] {
    const values = this.#find(attribute)?.values ?? [];
    // What is no UTF-8 comes as bytes.
    return values.every((value) => typeof value === 'string') ? values : values.map(String);
  }

  bytes(attribute: string): readonly Buffer[] {
    return this.#find(attribute)?.parsedBuffers ?? [];
  }

  // Thousands of entries with five attributes: a map of each would take longer than to look through them.
  #find(attribute: string): Attribute | undefined {
    return (
      this.#attributes.find(({ type }) => type === attribute) ??
      this.#attributes.find(
        ({ type }) => type.length === attribute.length && type.toLowerCase() === attribute.toLowerCase(),
      )
    );
  }
}

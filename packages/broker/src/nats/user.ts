/** A user of an account of NATS, and what it may. */
export interface User {
  readonly name: string;
  /** The variable that holds the password; left out for nobody in particular. */
  readonly variable?: string;
  /** By which protocol it may come. */
  readonly connection: 'MQTT' | 'STANDARD';
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

/** The user as an entry of `users`. */
export function linesOf({ name, variable, connection, publish, subscribe }: User): string[] {
  const list = (subjects: readonly string[]) => subjects.map((each) => JSON.stringify(each)).join(', ');
  const password = variable === undefined ? '""' : `$${variable}`;
  // An empty `allow` would mean everything.
  const may = publish.length > 0 ? `{ allow: [${list(publish)}] }` : '{ deny: [">"] }';
  return [
    `      { user: ${JSON.stringify(name)}, password: ${password}, allowed_connection_types: [${connection}],`,
    `        permissions: { publish: ${may},`,
    `          subscribe: { allow: [${list(subscribe)}] } } }`,
  ];
}

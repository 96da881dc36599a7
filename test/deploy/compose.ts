import { readFileSync } from 'node:fs';
import { type Static, Type } from 'typebox';
import { Parse, Value } from 'typebox/value';
import { parse } from 'yaml';

const Service = Type.Object({
  image: Type.String(),
  command: Type.Optional(Type.Array(Type.String())),
  user: Type.Optional(Type.String()),
  read_only: Type.Boolean(),
  init: Type.Boolean(),
  restart: Type.String(),
  cap_drop: Type.Array(Type.String()),
  cap_add: Type.Optional(Type.Array(Type.String())),
  sysctls: Type.Optional(Type.Record(Type.String(), Type.String())),
  security_opt: Type.Array(Type.String()),
  networks: Type.Union([Type.Array(Type.String()), Type.Record(Type.String(), Type.Unknown())]),
  ports: Type.Optional(Type.Array(Type.String())),
  volumes: Type.Optional(Type.Array(Type.String())),
  secrets: Type.Optional(Type.Array(Type.String())),
  profiles: Type.Optional(Type.Array(Type.String())),
  healthcheck: Type.Optional(Type.Object({ test: Type.Array(Type.String()) })),
  deploy: Type.Object({
    resources: Type.Object({
      limits: Type.Object({ memory: Type.String(), cpus: Type.String(), pids: Type.Integer() }),
    }),
  }),
});
export type ComposeService = Static<typeof Service>;

const ComposeFile = Type.Object({
  services: Type.Record(Type.String(), Service),
  networks: Type.Record(Type.String(), Type.Object({ internal: Type.Optional(Type.Boolean()) })),
  volumes: Type.Record(Type.String(), Type.Unknown()),
  secrets: Type.Record(Type.String(), Type.Object({ file: Type.String() })),
});
export type ComposeFile = Static<typeof ComposeFile>;

const Overlay = Type.Object({
  services: Type.Record(Type.String(), Type.Unknown()),
  volumes: Type.Record(Type.String(), Type.Unknown()),
});

/** The text of a compose file as YAML has it, merges done. */
export function readCompose(file: string): unknown {
  return parse(readFileSync(file, 'utf8'), { merge: true, strict: true });
}

/** The parts of a compose file that we hold to something; throws when one is of another form. */
export function composeFile(given: unknown): ComposeFile {
  return Parse(ComposeFile, given);
}

/** The same of one that is laid over it: `services` may only change what is there. */
export function composeOverlay(
  given: unknown,
): Pick<ComposeFile, 'services' | 'volumes'> & { others: object } {
  const { services, volumes } = Parse(Overlay, given);
  const whole = Object.entries(services).filter(([, service]) => Value.Check(Service, service));
  const others = Object.fromEntries(
    Object.entries(services).filter(([, service]) => !Value.Check(Service, service)),
  );
  return { services: Object.fromEntries(whole) as ComposeFile['services'], volumes, others };
}

/** The names of the networks that a container is in. */
export function networksOf({ networks }: ComposeService): string[] {
  return Array.isArray(networks) ? networks : Object.keys(networks);
}

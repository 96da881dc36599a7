import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { packDirectory } from '../src/archive.ts';

// Makes cluster.br anew: what PGlite's initdb makes, which takes seconds of a core at each first start. To be run after
// PGlite was updated to another major version of PostgreSQL.
const dir = await mkdtemp(join(tmpdir(), 'hm-cluster-'));
const cluster = join(dir, 'db');
const database = await PGlite.create(cluster);
await database.close();
await writeFile(new URL('cluster.br', import.meta.url), await packDirectory(cluster));
await rm(dir, { recursive: true });

import { writeFile } from 'node:fs/promises';
import { pagePath, policyPage } from './page.ts';

/* Makes docs/policy.md anew. */

const file = new URL(`../../../../${pagePath}`, import.meta.url);
await writeFile(file, policyPage());
process.stdout.write(`${pagePath}\n`);

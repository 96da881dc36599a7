import type { PolicyText, PolicyTextSettings } from '@huismeester/contracts';
import { changedSections, sectionsOf } from '../core/policy-text/sections.ts';
import type { Reader } from '../ports.ts';
import type { PolicySource } from './source.ts';
import { readPolicyText, readRevisions } from './store.ts';

/** How the last look went; `why` where it did not bring the text. */
export type LastLook = Pick<PolicyText, 'state' | 'why'>;

/** The text of the infra policy as REST shows it: what was last read, with what a newer revision changes. */
export async function policyTextResource(
  orm: Reader,
  source: PolicySource,
  { text, last }: { readonly text: PolicyTextSettings | undefined; readonly last: LastLook },
): Promise<PolicyText> {
  const { revision, date } = text ?? {};
  const read = await readPolicyText(orm);
  const texts = await readRevisions(orm, [read?.revision, revision]);
  const newest = read && texts.get(read.revision);
  const old = read?.newer && revision !== undefined ? texts.get(revision)?.text : undefined;
  return {
    source: source.name,
    ...(date !== undefined && { date }),
    ...last,
    ...(read && { revision: read.revision }),
    ...(revision !== undefined && { expected: revision }),
    ...(newest && { readAt: newest.readAt.toISOString() }),
    sections: newest ? shown(newest.text, old, source.kind) : [],
  };
}

function shown(text: string, old: string | undefined, kind: PolicySource['kind']): PolicyText['sections'] {
  const sections = sectionsOf(text, kind);
  return old === undefined ? sections : changedSections(sectionsOf(old, kind), sections);
}

import { common } from '../words/common.ts';

/** A clause of the infra policy, as a link to where it stands. */
export function ClauseLink({ clause }: { readonly clause: string }) {
  return (
    <a class="clause" href={`/policy#${clause}`} aria-label={common.value.clauseOf(clause)}>
      {clause}
    </a>
  );
}

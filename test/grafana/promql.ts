/** What a PromQL expression names: its metrics, and the labels that it selects or groups by. */
export interface Named {
  readonly metrics: readonly string[];
  readonly labels: readonly string[];
}

const operators = new Set(['and', 'or', 'unless', 'bool', 'offset', 'atan2', 'inf', 'nan']);
const grouping = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)/g;
const selector = /\{([^}]*)\}/g;
/** A name that is not a function, nor a part of a number. */
const name = /(?<![\w.:])[a-zA-Z_:][\w:]*(?!\w*\s*\()/g;

/** Reads an expression as Grafana has it. What stands in strings and ranges, its variables included, names nothing. */
export function namedIn(expression: string): Named {
  const bare = expression.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""').replaceAll(/\[[^\]]*\]/g, '');
  const labels = [
    ...[...bare.matchAll(selector)].flatMap((match) => match[1]?.match(/\w+(?=\s*[=!])/g) ?? []),
    ...[...bare.matchAll(grouping)].flatMap((match) => match[1]?.match(/\w+/g) ?? []),
  ];
  const rest = bare.replaceAll(selector, ' ').replaceAll(grouping, ' ');
  const metrics = [...rest.matchAll(name)].map(([found]) => found).filter((each) => !operators.has(each));
  return { metrics: [...new Set(metrics)], labels: [...new Set(labels)] };
}

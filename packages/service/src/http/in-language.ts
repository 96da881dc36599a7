import { type Problem, problemTitlesNl } from '@huismeester/contracts';

/**
 * A problem in the language that `Accept-Language` names first (RFC 9457, section 3.1.3): its title is in Dutch where its code has one, else in English. The English
 * title says more where several refusals share a code: it then begins the detail, which is in English always.
 */
export function inLanguage(accepted: string, problem: Problem): Problem {
  const title = /^\s*nl\b/i.test(accepted) ? problemTitlesNl[problem.code] : undefined;
  if (title === undefined) return problem;
  const detail = [problem.title, problem.detail].filter((part) => part !== undefined).join('. ');
  return { ...problem, title, detail };
}

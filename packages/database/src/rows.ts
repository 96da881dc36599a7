/** The rows of `orm.execute(sql…)`: postgres.js answers with a list of them, PGlite with an object that has one. */
export function rows<T>(result: unknown): T[] {
  if (Array.isArray(result)) return result;
  if (typeof result === 'object' && result !== null && 'rows' in result && Array.isArray(result.rows)) {
    return result.rows;
  }
  throw new TypeError('rows() takes the result of orm.execute(), of either driver');
}

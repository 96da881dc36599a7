/** The first parts of paths that are no page's: the API, its descriptions and pages, and what is for whoever runs the process. */
export const reserved = ['api', 'docs', 'openapi', 'openapi.json', 'asyncapi.json', 'health', 'metrics'];

/** Whether a path such as `/vms/104` is one that the page shows; what is not there either it says itself. */
export function isOfPage(path: string): boolean {
  return !reserved.includes(path.split('/')[1] ?? '');
}

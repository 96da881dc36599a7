/** What a page gets: the parts of its path that have a name, such as `id` of `/vms/:id`. */
export interface PageProps {
  readonly params: Readonly<Record<string, string>>;
}

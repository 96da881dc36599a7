import { UsageError } from '../../errors.ts';

/** `https://…` or `http://…`. Throws a {@link UsageError}. */
export function websiteUrl(text: string): string {
  const url = URL.parse(text);
  if ((url?.protocol === 'https:' || url?.protocol === 'http:') && !url.username && !url.password)
    return url.href;
  throw new UsageError(`"${text}" is not where a website is: its URL, such as https://hackalot.nl`);
}

import { assets, cacheControl, reserved, securityHeaders } from '@huismeester/web/build';
import { block } from './block.ts';

/**
 * The lines of a Caddy site that answer with the web page, by the rules and with the headers of the process that serves it itself;
 * `api` are the lines for what is no path of the page.
 */
export function pageFiles(directory: string, url: URL, api: readonly string[]): string[] {
  const apiPaths = reserved.flatMap((first) => [`/${first}`, `/${first}/*`]);
  return [
    `@api path ${apiPaths.join(' ')}`,
    ...block('handle @api', api),
    '',
    ...block('handle', [
      '# The web page. Each path is its own to show, and a file that is missing is missing.',
      `root * ${directory}`,
      ...block('header', headersOf(url)),
      '# Caddy says so of what it sends compressed alone.',
      ...block('header', ['Vary accept-encoding', 'defer']),
      ...block(`handle ${assets}*`, [
        `header Cache-Control "${cacheControl(assets)}"`,
        '# The name that the process has for it.',
        `header ${assets}*.js Content-Type "application/javascript; charset=utf-8"`,
        ...fileServer,
      ]),
      ...block('handle', [
        `header Cache-Control "${cacheControl('/')}"`,
        'try_files {path} /index.html',
        ...fileServer,
      ]),
    ]),
  ];
}

const fileServer = block('file_server', ['precompressed br gzip']);

function headersOf({ protocol, hostname }: URL): string[] {
  const headers = securityHeaders({ protocol: protocol.replace(':', ''), hostname });
  return Object.entries(headers).map(([name, value]) => `${name} "${value}"`);
}

import { resolve } from 'node:path';
import { type ServiceName, type SpaceSettings, serviceNames } from '@huismeester/contracts';
import { Argument, type Command } from 'commander';
import { NotFine, UsageError } from '../errors.ts';
import { type Certificate, caddyfile, caddySite, type ReverseProxy } from '../reverse-proxy/caddyfile.ts';
import { settingsIn } from '../settings.ts';
import { outputOf, type Shell } from '../shell.ts';

interface ReverseProxyOptions {
  readonly config: string;
  readonly snippet?: boolean;
  readonly internalCa?: boolean;
  readonly certificate?: string;
  readonly key?: string;
  readonly page?: string;
}

/**
 * `reverse-proxy`: one name in front of services that are processes of their own, from the one table of routes and the
 * settings. As `broker-config`, it asks no Huismeester and connects to nothing.
 */
export function addReverseProxy(program: Command, shell: Shell): void {
  program
    .command('reverse-proxy')
    .addArgument(new Argument('<server>', 'which web server').choices(['caddy']))
    .description('print what a web server in front of the services needs: where each path goes')
    .option('--config <file>', 'the settings', 'space.yaml')
    .option('--snippet', 'only the site, for a server that is there already')
    .option(
      '--internal-ca',
      "a certificate of the server's own authority; left out: a public one where it can be had",
    )
    .option('--certificate <file>', 'a certificate that you have, as the server finds it')
    .option('--key <file>', 'its key')
    .option('--page <dir>', 'the web page that huismeester web wrote, as the server finds it; left out: none')
    .action(async (_: string, options: ReverseProxyOptions, command: Command) => {
      const certificate = certificateOf(options);
      const settings = await settingsIn(resolve(shell.cwd, options.config), shell);
      const proxy = { ...placesOf(settings), certificate, page: options.page && plainPath(options.page) };
      const output = outputOf(command, shell);
      const text = options.snippet === true ? caddySite(proxy) : caddyfile(proxy);
      if (output.json) output.value({ caddyfile: text });
      else shell.stdout.write(text);
    });
}

function certificateOf({ internalCa, certificate, key }: ReverseProxyOptions): Certificate {
  if ((certificate === undefined) !== (key === undefined)) {
    throw new UsageError('--certificate and --key belong together: give both, or neither');
  }
  if (certificate === undefined || key === undefined) {
    return { kind: internalCa === true ? 'internal' : 'automatic' };
  }
  if (internalCa === true)
    throw new UsageError('--internal-ca and --certificate are two certificates: give one');
  return { kind: 'files', certificate: plainPath(certificate), key: plainPath(key) };
}

/** A path that needs no quotes in the configuration. Throws a {@link UsageError} for another. */
function plainPath(path: string): string {
  if (!/[\s"'`{}]/.test(path)) return path;
  throw new UsageError(`the path ${JSON.stringify(path)} has spaces, quotes or braces; allowed: one without`);
}

/** Throws a {@link NotFine} with all that the settings lack for it. */
function placesOf({ http, services }: SpaceSettings): Pick<ReverseProxy, 'url' | 'services'> {
  const problems: string[] = [];
  const originOf = (path: string, text: string | undefined, meaning: string): URL => {
    const url = URL.parse(text ?? '');
    if (url && url.pathname === '/' && url.search === '' && url.username === '') return url;
    const found = text === undefined ? 'nothing' : url ? 'a URL with more than a host and a port' : 'no URL';
    problems.push(`${path}: found ${found}, allowed: ${meaning}`);
    return new URL('http://nowhere');
  };
  const url = originOf(
    'http.publicUrl',
    http.publicUrl,
    'where people come in, such as https://huismeester.space',
  );
  const places = serviceNames.map((name): [ServiceName, URL] => [
    name,
    originOf(`services.${name}.url`, services[name]?.url, 'where it answers, such as http://10.0.0.7:8080'),
  ]);
  if (problems.length > 0) throw new NotFine(problems.join('\n'));
  return { url, services: Object.fromEntries(places) as Record<ServiceName, URL> };
}

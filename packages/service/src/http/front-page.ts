import type { FastifyInstance } from 'fastify';
import { Html, html } from '../pages/html.ts';
import { pageRoute } from '../pages/page-route.ts';

const style = `
:root { color-scheme: light dark }
body { font: 16px/1.55 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }
dt { font-weight: 600 } dd { margin: 0 0 .8rem }`;

/** `GET /`: what this is and where to go, for whoever opens the address in a browser. */
export function addFrontPage(app: FastifyInstance, services: readonly string[]): void {
  const text = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Huismeester</title>
<link rel="icon" href="data:,">
<style>${new Html(style)}</style>
</head>
<body>
<h1>Huismeester</h1>
<p>The caretaker of a hackerspace’s infrastructure: it listens to UPSes and hypervisors and carries out the infra policy.
Here ${services.join(', ')} answer${services.length === 1 ? 's' : ''}.</p>
<dl>
<dt><a href="/docs">/docs</a></dt><dd>The REST API, to read and to try; it takes an API token.</dd>
<dt><a href="/docs/events">/docs/events</a></dt><dd>What is said over MQTT.</dd>
<dt><a href="/health/ready">/health/ready</a></dt><dd>Whether every part works, and which does not.</dd>
<dt><a href="/metrics">/metrics</a></dt><dd>Metrics for Prometheus.</dd>
</dl>
<p>On the machine itself the command line needs no token: <code>npx -y pnpm@12 huismeester status</code>.</p>
</body>
</html>
`.text;
  pageRoute(app, '/', text);
}

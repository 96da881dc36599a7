import { X509Certificate } from 'node:crypto';
import { nodeRow, nodeStatus } from './listing.ts';
import { commandNode } from './node-power.ts';
import { node, type Parameter } from './parameters.ts';
import { type Call, type Route, textOf } from './route.ts';
import { taskRoutes } from './routes-tasks.ts';

function nodes({ world, certificate }: Call): unknown[] {
  return world.state.nodes.map((one) => ({ ...nodeRow(one), ssl_fingerprint: certificate.fingerprint }));
}

function status(call: Call): unknown {
  const found = call.world.state.nodes.find((one) => one.name === textOf(call, 'node'));
  return found ? nodeStatus(found) : null;
}

function certificates({ certificate }: Call): unknown[] {
  const read = new X509Certificate(certificate.cert);
  return [
    {
      filename: 'pve-ssl.pem',
      fingerprint: certificate.fingerprint,
      subject: `/${read.subject}`,
      issuer: `/${read.issuer}`,
      notbefore: Math.floor(read.validFromDate.getTime() / 1000),
      notafter: Math.floor(read.validToDate.getTime() / 1000),
      pem: certificate.cert,
      'public-key-type': 'id-ecPublicKey',
      'public-key-bits': 256,
      san: (read.subjectAltName ?? '').split(', ').map((name) => name.replace(/^[^:]*:/, '')),
    },
  ];
}

const command: Parameter = { type: 'string', enum: ['reboot', 'shutdown'] };

/** Answers at once; there is no task, and everything on the node goes down with it. */
function power(call: Call): null {
  const found = call.world.state.nodes.find((one) => one.name === textOf(call, 'node'));
  const what = textOf(call, 'command') === 'reboot' ? 'reboot' : 'shutdown';
  if (found) commandNode(call.world, call.broadcasts, found, what);
  return null;
}

export const nodeRoutes: readonly Route[] = [
  { method: 'GET', path: '/nodes', parameters: {}, handle: nodes },
  {
    method: 'GET',
    path: '/nodes/{node}/status',
    proxied: true,
    parameters: { node },
    permission: { path: '/nodes/{node}', priv: 'Sys.Audit' },
    handle: status,
  },
  {
    method: 'POST',
    path: '/nodes/{node}/status',
    proxied: true,
    parameters: { node, command },
    permission: { path: '/nodes/{node}', priv: 'Sys.PowerMgmt' },
    handle: power,
  },
  {
    method: 'GET',
    path: '/nodes/{node}/certificates/info',
    proxied: true,
    parameters: { node },
    handle: certificates,
  },
  ...taskRoutes,
];

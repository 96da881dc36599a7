/** The wiki of the demo space: design decisions, and the policy that is watched; words of our own. */
export const pages: Readonly<Record<string, string>> = {
  // The first revision of all, which space.yaml names.
  'Infra policy': `How the infrastructure of the demo space is looked after.

== Team ==
A small team looks after it. Whoever wants to join says so; those who are in it decide together, and somebody of the board is always one of them.
For each thing that the space cannot do without two people know how it works.

== Core ==
What the space cannot do without has to stay up, and only the team administers it. It runs on hardware of the foundation, or that the foundation rents.
Why it is built as it is stands on this wiki.

== Projects ==
Everybody may make something. What the whole space uses is looked after better than what one person tries out.
What one person tries out goes off by itself after two weeks, and says so before.

== Board ==
Each month the board reads what happened. What the board has of its own is nobody else's business.
`,
  'Main Page': 'The wiki of the demo space.\n* [[Infra policy]]\n* [[VLANs]]\n* [[Two nodes]]\n',
  VLANs: `== Decision ==
Guests have a network of their own. They reach the internet and the printer, and nothing else.

== Why ==
A laptop of a guest was full of malware once, and scanned every machine in the rack.
[[Category:Design decisions]]
`,
  'Network plan': '#REDIRECT [[VLANs]]',
  'Two nodes': `== Decision ==
Two Proxmox nodes without shared storage; what matters runs on the first one, and its backup is restored on the second one.

== Why ==
Three nodes with Ceph cost more power than the space has, and nobody wants to be woken by them.
[[Category:Design decisions]]
`,
  Music: '{{Coming soon}}',
};

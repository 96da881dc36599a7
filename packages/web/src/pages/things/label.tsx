import type { ItemResource } from '@huismeester/contracts';
import { encode } from 'uqr';
import { site } from '../../app/session.ts';
import { words } from './words.ts';

/** The label of an item: its name, its id, and a QR code that leads to its page. */
export function Label({
  item: { id, name, place },
}: {
  readonly item: Pick<ItemResource, 'id' | 'name' | 'place'>;
}) {
  return (
    <figure class="label" aria-label={words.value.labelOf(name)}>
      <QrCode text={addressOf(id)} />
      <figcaption>
        <strong>{name}</strong>
        <span>{id}</span>
        {place !== undefined && <span>{place}</span>}
      </figcaption>
    </figure>
  );
}

/** Where the item is shown, for whoever scans its label: where everybody reaches the page, which may not be where it is printed from. */
function addressOf(id: string): string {
  return new URL(`things/${id}`, `${site.value?.publicUrl ?? location.origin}/`).href;
}

/** A QR code: dark squares on white, whatever the scheme, since scanners want it so. */
function QrCode({ text }: { readonly text: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 2 });
  const path = data
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('');
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges" aria-hidden="true">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

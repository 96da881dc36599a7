import type { Block, Piece } from './document.ts';

/** A report as it was worded, in Dutch whatever the language of the page is; its title stands above it as that of the page. */
export function DocumentView({ blocks }: { readonly blocks: readonly Block[] }) {
  return (
    <article class="card report" lang="nl">
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </article>
  );
}

/** The title of a report. */
export function titleIn(blocks: readonly Block[]): string | undefined {
  const found = blocks.find(({ kind }) => kind === 'title');
  if (found === undefined || found.kind === 'list') return undefined;
  return found.pieces.map((piece) => (piece.kind === 'break' ? ' ' : piece.text)).join('');
}

function BlockView({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'title':
      return null;
    case 'heading':
      return (
        <h2>
          <Line pieces={block.pieces} />
        </h2>
      );
    case 'text':
      return (
        <p>
          <Line pieces={block.pieces} />
        </p>
      );
    case 'list':
      return (
        <ul class="plain">
          {block.lines.map((pieces, index) => (
            <li key={index}>
              <Line pieces={pieces} />
            </li>
          ))}
        </ul>
      );
  }
}

function Line({ pieces }: { readonly pieces: readonly Piece[] }) {
  return (
    <>
      {pieces.map((piece, index) => {
        if (piece.kind === 'break') return <br key={index} />;
        if (piece.kind === 'text') return piece.text;
        return (
          <a key={index} href={piece.href}>
            {piece.text}
          </a>
        );
      })}
    </>
  );
}

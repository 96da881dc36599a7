import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { isMoved } from '../app/router.ts';
import { titleOf } from '../app/title.ts';

/** What every page is: its one `h1`, which has the focus after a move, what it is about, its main act, its content. */
export function Page({
  title,
  lead,
  act,
  children,
}: {
  readonly title: string;
  readonly lead?: ComponentChildren;
  readonly act?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  titleOf(title);
  useEffect(() => {
    if (isMoved) heading.current?.focus();
  }, []);
  return (
    <>
      <header class="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead !== undefined && <p class="lead">{lead}</p>}
        </div>
        {act !== undefined && <div class="acts">{act}</div>}
      </header>
      {children}
    </>
  );
}

/** A part of a page under its own heading. */
export function Section({
  title,
  id,
  act,
  children,
}: {
  readonly title: string;
  readonly id?: string;
  readonly act?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  return (
    <section class="section" id={id}>
      <div class="section-head">
        <h2>{title}</h2>
        {act}
      </div>
      {children}
    </section>
  );
}

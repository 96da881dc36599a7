import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { isOffline } from '../app/connection.ts';
import { common } from '../words/common.ts';

interface Common {
  /** `main` once a page at most: what somebody came for. `danger` is for what cannot be undone. */
  readonly look?: 'main' | 'plain' | 'danger' | 'quiet';
  readonly children: ComponentChildren;
}

interface Props extends Common {
  readonly onClick?: () => void;
  readonly type?: 'button' | 'submit';
  /** It is being done: a second click does nothing. */
  readonly busy?: boolean;
  /** Why it cannot be used now; undefined: it can. */
  readonly why?: string | undefined;
  /** Names its object, where the text on it alone does not: “Extend web-1”. */
  readonly label?: string;
  /** It works without a server, such as one that closes a dialog. */
  readonly local?: boolean;
}

/**
 * A button. Without a connection it cannot be used, and says so, unless it is `local`; it stays focusable, so that its reason can be read.
 */
export function Button({
  look = 'plain',
  onClick,
  type = 'button',
  busy = false,
  why,
  label,
  local,
  children,
}: Props) {
  const id = useId();
  const reason = why ?? (local !== true && isOffline.value ? common.value.offlineWhy : undefined);
  const isOff = reason !== undefined || busy;
  return (
    <>
      <button
        type={type}
        class={`button ${look}`}
        aria-disabled={isOff}
        aria-busy={busy}
        aria-label={label}
        aria-describedby={reason === undefined ? undefined : id}
        title={reason}
        onClick={(event) => {
          // The second of a double click does nothing, also where the first one was answered by then.
          if (!isOff && (local === true || event.detail < 2)) return onClick?.();
          event.preventDefault();
          return undefined;
        }}
      >
        {children}
      </button>
      {reason !== undefined && (
        <span id={id} class="for-readers">
          {reason}
        </span>
      )}
    </>
  );
}

/** A link that looks like a button: it goes somewhere, and does nothing. */
export function ButtonLink({ look = 'plain', href, children }: Common & { readonly href: string }) {
  return (
    <a class={`button ${look}`} href={href}>
      {children}
    </a>
  );
}

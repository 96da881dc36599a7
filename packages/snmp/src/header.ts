/** What stands before the PDU of a message, read before the library parses anything. */
export type Header =
  | { readonly version: '1' | '2c'; readonly community: Buffer; readonly pdu: number }
  | {
      readonly version: '3';
      /** 1: authenticated, 2: encrypted, 4: a report is wanted. */
      readonly flags: number;
      readonly engineId: Buffer;
      readonly user: Buffer;
      /** msgAuthenticationParameters; a part of the message's memory, as the others. */
      readonly digest: Buffer;
      /** The PDU's tag; undefined when it is encrypted. */
      readonly pdu: number | undefined;
    };

interface Element {
  readonly tag: number;
  readonly content: Buffer;
}

const sequence = 0x30;
const integer = 0x02;
const octets = 0x04;

/** The elements of a BER constructed value, one at a time; undefined where there is none that is whole. */
function elementsOf(buffer: Buffer): () => Element | undefined {
  let offset = 0;
  return () => {
    const tag = buffer[offset];
    let length = buffer[offset + 1];
    if (tag === undefined || length === undefined) return undefined;
    let start = offset + 2;
    if (length >= 0x80) {
      const bytes = length - 0x80;
      if (bytes < 1 || bytes > 4 || start + bytes > buffer.length) return undefined;
      length = buffer.readUIntBE(start, bytes);
      start += bytes;
    }
    if (start + length > buffer.length) return undefined;
    offset = start + length;
    return { tag, content: buffer.subarray(start, offset) };
  };
}

/** The header of a message (RFC 1157 section 4, RFC 3412 section 6); undefined if it is none of v1, v2c or v3. */
export function readHeader(message: Buffer): Header | undefined {
  const whole = elementsOf(message)();
  if (whole?.tag !== sequence) return undefined;
  const next = elementsOf(whole.content);
  const version = smallInteger(next());
  if (version === 3) return readHeaderOf3(next);
  const community = next();
  const pdu = next();
  if (community?.tag !== octets || !pdu || (version !== 0 && version !== 1)) return undefined;
  return { version: version === 0 ? '1' : '2c', community: community.content, pdu: pdu.tag };
}

/** Some agents write more bytes than it takes. */
function smallInteger(element: Element | undefined): number | undefined {
  const { tag, content } = element ?? {};
  if (tag !== integer || !content || content.length < 1 || content.length > 6) return undefined;
  return content.readIntBE(0, content.length);
}

function readHeaderOf3(next: () => Element | undefined): Header | undefined {
  const [global, security, scoped] = [next(), next(), next()];
  if (global?.tag !== sequence || security?.tag !== octets || !scoped) return undefined;
  const inGlobal = elementsOf(global.content);
  const flags = [inGlobal(), inGlobal(), inGlobal()][2];
  const parameters = elementsOf(security.content)();
  if (flags?.tag !== octets || flags.content.length !== 1 || parameters?.tag !== sequence) return undefined;
  const inParameters = elementsOf(parameters.content);
  const [engineId, , , user, digest] = Array.from({ length: 5 }, inParameters);
  if (engineId?.tag !== octets || user?.tag !== octets || digest?.tag !== octets) return undefined;
  const bits = flags.content[0] ?? 0;
  const pdu = (bits & 2) === 0 ? tagInScoped(scoped) : undefined;
  if ((bits & 2) === 0 && pdu === undefined) return undefined;
  return {
    version: '3',
    flags: bits,
    engineId: engineId.content,
    user: user.content,
    digest: digest.content,
    pdu,
  };
}

function tagInScoped(scoped: Element): number | undefined {
  const inScoped = elementsOf(scoped.content);
  return scoped.tag === sequence ? [inScoped(), inScoped(), inScoped()][2]?.tag : undefined;
}

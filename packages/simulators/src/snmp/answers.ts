import type { Oid } from './ber.ts';
import type { SwitchFaults } from './faults.ts';
import type { Mib } from './mib.ts';
import type { Pdu, Value, Varbind } from './pdu.ts';

/** error-status (RFC 1157; RFC 3416, section 3). */
export const errorStatus = { tooBig: 1, noSuchName: 2, authorizationError: 16, notWritable: 17 } as const;

/** More do not fit into a datagram. */
const mostVarbinds = 4_096;

export interface AnswerContext {
  readonly mib: Mib;
  readonly faults: SwitchFaults;
  /** ms of the clock's monotonic time. */
  readonly now: number;
  readonly v1: boolean;
}

/** The response to a request (RFC 1157, section 4.1; RFC 3416, section 4.2); undefined for what gets none. */
export function answerPdu(request: Pdu, context: AnswerContext): Pdu | undefined {
  switch (request.type) {
    case 'get':
      return limited(read(request, context, getOne), request, context);
    case 'getNext':
      return limited(read(request, context, nextOne), request, context);
    case 'getBulk':
      return context.v1 ? undefined : bulk(request, context);
    case 'set':
      return failed(request, context.v1 ? errorStatus.noSuchName : errorStatus.notWritable, 1);
    default:
      return undefined;
  }
}

export function failed(request: Pdu, status: number, index: number): Pdu {
  return { ...request, type: 'response', errorStatus: status, errorIndex: index };
}

/** A tooBig of SNMPv2 has no varbinds, one of SNMPv1 those of the request. */
export function tooBig(request: Pdu, v1: boolean): Pdu {
  return { ...failed(request, errorStatus.tooBig, 0), ...(!v1 && { varbinds: [] }) };
}

function getOne(oid: Oid, { mib, now, v1 }: AnswerContext): Varbind | undefined {
  const value = mib.get(oid, now);
  return v1 && (value.type === 'counter64' || absent(value)) ? undefined : { oid, value };
}

function nextOne(oid: Oid, { mib, now, v1 }: AnswerContext): Varbind | undefined {
  return mib.next(oid, now, v1) ?? (v1 ? undefined : { oid, value: { type: 'endOfMibView' } });
}

function absent({ type }: Value): boolean {
  return type === 'noSuchObject' || type === 'noSuchInstance';
}

function read(request: Pdu, context: AnswerContext, one: typeof getOne): Pdu {
  const varbinds: Varbind[] = [];
  for (const [at, { oid }] of request.varbinds.entries()) {
    const varbind = one(oid, context);
    if (!varbind) return failed(request, errorStatus.noSuchName, at + 1);
    varbinds.push(varbind);
  }
  return { type: 'response', requestId: request.requestId, errorStatus: 0, errorIndex: 0, varbinds };
}

function limited(answer: Pdu, request: Pdu, { faults, v1 }: AnswerContext): Pdu {
  return answer.varbinds.length > (faults.truncateAt.varbinds ?? mostVarbinds) ? tooBig(request, v1) : answer;
}

function bulk(request: Pdu, context: AnswerContext): Pdu | undefined {
  const { faults } = context;
  const repetitions = Math.max(0, request.errorIndex);
  if (repetitions > (faults.silentAbove ?? repetitions)) return undefined;
  if (repetitions > (faults.tooBigAbove ?? repetitions)) return tooBig(request, false);
  const most = Math.min(mostVarbinds, faults.truncateAt.varbinds ?? mostVarbinds);
  const nonRepeaters = Math.max(0, request.errorStatus);
  const varbinds: Varbind[] = [];
  const add = (oid: Oid): Varbind => {
    const varbind = nextOne(oid, context) ?? { oid, value: { type: 'endOfMibView' } };
    varbinds.push(varbind);
    return varbind;
  };
  for (const { oid } of request.varbinds.slice(0, nonRepeaters)) add(oid);
  let columns: readonly Varbind[] = request.varbinds.slice(nonRepeaters);
  for (let at = 0; at < repetitions && varbinds.length < most; at += 1) {
    columns = columns.map(({ oid }) => add(oid));
    if (columns.every(({ value }) => value.type === 'endOfMibView')) break;
  }
  return {
    type: 'response',
    requestId: request.requestId,
    errorStatus: 0,
    errorIndex: 0,
    varbinds: varbinds.slice(0, most),
  };
}

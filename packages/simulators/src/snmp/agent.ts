import { type AnswerContext, answerPdu, errorStatus, failed, tooBig } from './answers.ts';
import { BerError } from './ber.ts';
import type { Engine } from './engine.ts';
import type { SwitchFaults } from './faults.ts';
import {
  type CommunityMessage,
  decodeMessage,
  decodeScoped,
  encodeCommunity,
  flags,
  type UsmMessage,
} from './message.ts';
import type { Mib } from './mib.ts';
import type { Pdu } from './pdu.ts';
import { closeMessage, type Opened, openRequest, type UsmError, usmErrorOid } from './usm.ts';
import type { UsmUser } from './usm-keys.ts';

/** What was asked so far. */
export interface RequestCounts {
  get: number;
  getNext: number;
  getBulk: number;
  set: number;
  /** Other PDUs, which an agent is not sent. */
  other: number;
  /** Not looked at: it was silent, restarted, or dropped them. */
  lost: number;
  /** No SNMP. */
  malformed: number;
  /** Of a community that is not configured: they get no answer. */
  wrongCommunity: number;
  /** Answered with a report of SNMPv3, discovery included. */
  reported: Record<UsmError, number>;
  /** Answers and traps that the system refused to send. */
  unsent: number;
  /** Varbinds in all answers. */
  varbinds: number;
}

export function noRequests(): RequestCounts {
  const reported = {
    unsupportedSecLevels: 0,
    notInTimeWindows: 0,
    unknownUserNames: 0,
    unknownEngineIDs: 0,
    wrongDigests: 0,
    decryptionErrors: 0,
  };
  return {
    get: 0,
    getNext: 0,
    getBulk: 0,
    set: 0,
    other: 0,
    lost: 0,
    malformed: 0,
    wrongCommunity: 0,
    reported,
    unsent: 0,
    varbinds: 0,
  };
}

export interface AgentState {
  mib(): Mib;
  now(): number;
  readonly engine: Engine;
  readonly communities: ReadonlySet<string>;
  readonly users: ReadonlyMap<string, UsmUser>;
  readonly faults: SwitchFaults;
  readonly requests: RequestCounts;
}

/** The largest payload of UDP over IPv4. */
const mostBytes = 65_507;

/** The answer to a datagram; undefined for what gets none. */
export function answerDatagram(datagram: Uint8Array, state: AgentState): Uint8Array | undefined {
  try {
    const message = decodeMessage(datagram);
    return message.version === '3' ? answerUsm(datagram, message, state) : answerCommunity(message, state);
  } catch (error) {
    if (!(error instanceof BerError)) throw error;
    state.requests.malformed += 1;
    return undefined;
  }
}

function answerCommunity({ version, community, pdu }: CommunityMessage, state: AgentState) {
  if (!state.communities.has(community)) {
    state.requests.wrongCommunity += 1;
    return undefined;
  }
  if (pdu.type === 'trapV1') {
    state.requests.other += 1;
    return undefined;
  }
  const encode = (answer: Pdu) => encodeCommunity({ version, community, pdu: answer });
  return answer(pdu, state, version === '1', encode, mostBytes);
}

function answerUsm(datagram: Uint8Array, message: UsmMessage, state: AgentState) {
  const { engine, users, faults } = state;
  const time = engine.timeS(state.now());
  const opened = openRequest(datagram, message, { engine, users, time, neverInTime: faults.notInTimeWindow });
  if (typeof opened === 'string') return report(opened, message, state);
  const { user, scoped } = opened;
  const level = message.flags & (flags.auth | flags.priv);
  const encode = (pdu: Pdu) =>
    closeMessage({
      id: message.id,
      flags: level,
      maxSize: mostBytes,
      user,
      engine,
      time,
      contextName: scoped.contextName,
      pdu,
    });
  // As with net-snmp's default, a user must come at the level that is configured for it.
  if (level < levelOf(opened)) return encode(failed(scoped.pdu, errorStatus.authorizationError, 0));
  return answer(scoped.pdu, state, false, encode, Math.min(mostBytes, Math.max(484, message.maxSize)));
}

function levelOf({ user }: Opened): number {
  return (user.auth ? flags.auth : 0) | (user.privKey ? flags.priv : 0);
}

function answer(
  request: Pdu,
  state: AgentState,
  v1: boolean,
  encode: (answer: Pdu) => Uint8Array,
  limit: number,
): Uint8Array | undefined {
  const { faults, requests } = state;
  const { type } = request;
  requests[type === 'get' || type === 'getNext' || type === 'getBulk' || type === 'set' ? type : 'other'] +=
    1;
  const context: AnswerContext = { mib: state.mib(), faults, now: state.now(), v1 };
  let found = answerPdu(request, context);
  if (!found) return undefined;
  let bytes = encode(found);
  const most = Math.min(limit, faults.truncateAt.bytes ?? limit);
  while (bytes.length > most && found.varbinds.length > 0) {
    if (type !== 'getBulk') return encode(tooBig(request, v1));
    const fitting = Math.floor((found.varbinds.length * most) / bytes.length);
    found = { ...found, varbinds: found.varbinds.slice(0, Math.min(fitting, found.varbinds.length - 1)) };
    bytes = encode(found);
  }
  requests.varbinds += found.varbinds.length;
  return bytes;
}

/** RFC 3414, section 3.2: what is wrong with the message, and how often that was so. Only the one of the time is signed. */
function report(error: UsmError, message: UsmMessage, state: AgentState): Uint8Array | undefined {
  const { engine, users, requests } = state;
  requests.reported[error] += 1;
  if (!(message.flags & flags.reportable)) return undefined;
  const user: UsmUser = (error === 'notInTimeWindows' && users.get(message.user)) || { name: message.user };
  const value = { type: 'counter32', value: requests.reported[error] } as const;
  return closeMessage({
    id: message.id,
    flags: user.auth ? flags.auth : 0,
    maxSize: mostBytes,
    user,
    engine,
    time: engine.timeS(state.now()),
    pdu: {
      type: 'report',
      requestId: requestIdOf(message),
      errorStatus: 0,
      errorIndex: 0,
      varbinds: [{ oid: usmErrorOid(error), value }],
    },
  });
}

/** RFC 3412, section 7.1, step 3c: 0 where it cannot be read. */
function requestIdOf({ flags: bits, data }: UsmMessage): number {
  return bits & flags.priv ? 0 : decodeScoped(data).pdu.requestId;
}

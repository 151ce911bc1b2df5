/** A netlink socket with a scripted kernel. */
import {constants} from 'node:os';
import type {DiagSocket, Outcome} from '../../source/netlink/diag-socket.js';
import {
	createViews,
	headerLength,
	MessageType,
} from '../../source/netlink/framing.js';
import {State} from '../../source/table/columns/states.js';
import {inParts} from './in-parts.js';
import {eachMessage} from './each-message.js';

const {ENOENT, EPERM} = constants.errno;

const good: Outcome = {errno: 0, truncated: 0, interrupted: false};

export type Asked = {
	readonly type: number;
	readonly family: number;
	readonly ipProtocol: number;
	readonly states: number;
	readonly extensions: number;
	/** Whether the request has a filter program. */
	readonly hasBytecode: boolean;
};

/** Parses a request as the kernel would. */
const readRequest = (request: Uint8Array): Asked => {
	const view = new DataView(request.buffer, request.byteOffset);
	const type = view.getUint16(4, true);
	return type === MessageType.getSockCompat
		? {
			type, family: 0, ipProtocol: 6, states: view.getUint32(headerLength + 52, true), extensions: view.getUint8(headerLength + 3),
			hasBytecode: request.byteLength > headerLength + 60,
		}
		: {
			type, family: view.getUint8(headerLength), ipProtocol: view.getUint8(headerLength + 1),
			states: view.getUint32(headerLength + 4, true), extensions: view.getUint8(headerLength + 2),
			hasBytecode: request.byteLength > headerLength + 56,
		};
};

export type Answer = {readonly bytes?: Uint8Array; readonly outcome?: Partial<Outcome>; readonly error?: Error};

/** Creates a socket that answers dumps according to the script, and finds the given sockets in exact lookups. */
export const scriptedSocket = (script: (asked: Asked) => Answer, isLiving: () => boolean = () => false): {socket: DiagSocket; asked: Asked[]; lookups: number[]} => {
	const views = createViews(0x1_00_00);
	const asked: Asked[] = [];
	const lookups: number[] = [];
	let sequence = 0;
	return {
		asked,
		lookups,
		socket: {
			views,
			nextSequence: () => ++sequence,
			...inParts((request, _sequence, message) => {
				const what = readRequest(request);
				asked.push(what);
				const {bytes = new Uint8Array(), outcome, error} = script(what);
				if (error !== undefined) {
					throw error;
				}

				views.bytes.set(bytes);
				eachMessage(views, bytes.byteLength, message);
				return {...good, ...outcome};
			}),
			discard: () => 0,
			command: () => 0,
			lookUp(_requests, {count}, answer) {
				lookups.push(count);
				for (let index = 0; index < count; index++) {
					answer(index, {errno: isLiving() ? EPERM : ENOENT});
				}
			},
			close() {
				// Nothing to close.
			},
		},
	};
};

/** Whether a request is the dump of TCP connections, not that of listeners or bound sockets. */
export const isMainTcp = ({type, states}: Asked): boolean => type === MessageType.getSockCompat && (states & (1 << State.established)) !== 0;

/**
One NETLINK_SOCK_DIAG socket: requests out, datagrams in. Kept open for the life of the program: the kernel sizes its answers by the largest read
that a socket has done, and a fresh one starts small.
*/
import {
	closeDescriptor,
	errnoName,
	receive,
	send,
	setSocketOption,
	SystemCallError,
} from '../system/system-calls.js';
import {here, type Inside} from '../system/network-namespace.js';
import {wholeOf, type Parts} from '../table/parts.js';
import {openSockDiag, solSocket} from './open-sock-diag.js';
import {
	createViews,
	walkMessages,
	type MessageReader,
	type Views,
} from './framing.js';

const soReceiveTimeout = 20;

/** The kernel never builds a larger answer than 32 KiB; more would bring nothing. */
const bufferBytes = 0x80_00;

/** Guards against a kernel that answers nothing: `recv` gives up with EAGAIN. */
const receiveTimeoutSeconds = 5;

/** How an exchange ended. */
export type Outcome = {
	/** Errno of the first NLMSG_ERROR or of NLMSG_DONE; 0 when all went well. */
	readonly errno: number;
	/** Datagrams or messages that were cut. */
	readonly truncated: number;
	/** The kernel said that its tables changed under the dump. */
	readonly interrupted: boolean;
};

export type DiagSocket = {
	/** Where answers are received; parsers read from here. */
	readonly views: Views;
	/** The next sequence number: pass it to the request that follows. */
	readonly nextSequence: () => number;
	/**
	Sends a dump request and hands its answers on until the kernel says that it is done.

	@throws SystemCallError when the socket itself fails.
	*/
	readonly dump: (request: Uint8Array, sequence: number, message: (start: number, end: number) => void) => Outcome;
	/** Like `dump`, but yields after each datagram. Until it is done, nothing else may be asked of the socket. */
	readonly dumpInParts: (request: Uint8Array, sequence: number, message: (start: number, end: number) => void) => Parts<Outcome>;
	/** Like `dump`, but counts the bytes of the answer and throws it away: what a sample costs before anything is done with it. */
	readonly discard: (request: Uint8Array, sequence: number) => number;
	/**
	Sends several exact look-ups in one datagram and hands on each answer, in order.

	*/
	readonly lookUp: (
		requests: Uint8Array,
		sequences: {readonly first: number; readonly count: number},
		answer: (index: number, result: {readonly errno: number} | {readonly start: number; readonly end: number}) => void,
	) => void;
	/**
	Sends one request that the kernel acknowledges.

	@returns Errno, 0 when it was done.
	*/
	readonly command: (request: Uint8Array, sequence: number) => number;
	readonly close: () => void;
};

/**
Opens the socket.

@param inside Runs in the network namespace whose sockets are meant; opening the socket anew, after a failure, happens there as well.
@throws SystemCallError where netlink is refused (EPROTONOSUPPORT in gVisor and WSL 1, EPERM or EAFNOSUPPORT under seccomp).
*/
export const openDiagSocket = (inside: Inside = here): DiagSocket => {
	let descriptor = -1;
	let lastSequence = 0;
	const views = createViews(bufferBytes);

	const open = (): void => {
		descriptor = inside(openSockDiag);
		// A struct timeval: seconds and microseconds, 64 bits each.
		const timeout = new BigInt64Array([BigInt(receiveTimeoutSeconds), 0n]);
		setSocketOption(descriptor, solSocket, soReceiveTimeout, new Uint8Array(timeout.buffer));
	};

	const close = (): void => {
		if (descriptor === -1) {
			return;
		}

		closeDescriptor(descriptor);
		descriptor = -1;
	};

	/** An exchange that breaks off leaves a dump half read, and the next request would get EBUSY: start over with a new socket. */
	const guarded = <Result>(exchange: () => Result): Result => {
		if (descriptor === -1) {
			open();
		}

		try {
			return exchange();
		} catch (error) {
			close();
			throw error;
		}
	};

	const dumpInParts: DiagSocket['dumpInParts'] = function * (request, sequence, message) {
		let isFinished = false;
		let errno = 0;
		let truncated = 0;
		let isInterrupted = false;
		const finish = (code: number, answered: number): void => {
			if (answered !== sequence) {
				return;
			}

			isFinished = true;
			errno ||= code;
		};

		const reader: MessageReader = {
			message(_type, start, end, answered) {
				if (answered === sequence) {
					message(start, end);
				}
			},
			error: finish,
			done: finish,
			interrupted() {
				isInterrupted = true;
			},
		};
		if (descriptor === -1) {
			open();
		}

		try {
			send(descriptor, request);
			while (!isFinished) {
				const length = receive(descriptor, views.bytes);
				if (length === 0) {
					throw new SystemCallError('recv', 0);
				}

				if (walkMessages(views, Math.min(length, bufferBytes), reader) < length) {
					truncated++;
				}

				yield;
			}
		} finally {
			if (!isFinished) {
				close();
			}
		}

		return {errno, truncated, interrupted: isInterrupted};
	};

	const dump: DiagSocket['dump'] = (...dumping) => wholeOf(dumpInParts(...dumping));

	const discard: DiagSocket['discard'] = (request, sequence) => guarded(() => {
		let bytes = 0;
		send(descriptor, request);
		for (;;) {
			const length = receive(descriptor, views.bytes);
			bytes += length;
			// NLMSG_DONE comes last: in a datagram of its own, or at the end of the last one.
			const last = (length - 20) >> 2;
			if (views.halves[(last << 1) + 2] === 3 && views.words[last] === 20 && views.words[last + 2] === sequence) {
				return bytes;
			}
		}
	});

	const lookUp: DiagSocket['lookUp'] = (requests, {first, count}, answer) => {
		guarded(() => {
			let answers = 0;
			const reader: MessageReader = {
				message(_type, start, end, answered) {
					if (!(answered >= first && answered < first + count)) {
						return;
					}

					answers++;
					answer(answered - first, {start, end});
				},
				error(errno, answered) {
					if (!(answered >= first && answered < first + count)) {
						return;
					}

					answers++;
					answer(answered - first, {errno});
				},
				done() {
					// Look-ups have no end mark.
				},
				interrupted() {
					// Nor tables that could change.
				},
			};
			send(descriptor, requests);
			while (answers < count) {
				walkMessages(views, Math.min(receive(descriptor, views.bytes), bufferBytes), reader);
			}
		});
	};

	const command: DiagSocket['command'] = (request, sequence) => {
		let result = 0;
		lookUp(request, {first: sequence, count: 1}, (_index, answer) => {
			result = 'errno' in answer ? answer.errno : 0;
		});
		return result;
	};

	open();
	return {
		views,
		nextSequence: () => ++lastSequence,
		dump,
		dumpInParts,
		discard,
		lookUp,
		command,
		close,
	};
};

/** What an outcome means in words, or undefined when all went well. */
export const outcomeProblem = (what: string, {errno, truncated}: Outcome): string | undefined => {
	if (errno !== 0) {
		return `${what}: the kernel answered ${errnoName(errno)}`;
	}

	return truncated === 0 ? undefined : `${what}: ${truncated} answers were cut`;
};

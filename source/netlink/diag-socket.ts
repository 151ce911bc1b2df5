/**
A NETLINK_SOCK_DIAG socket. It stays open as long as the program runs, because the kernel sizes its answers by the largest read of a socket so far, and a new socket
starts small.
*/
import {
	closeDescriptor,
	errnoName,
	receive,
	receiveAsync,
	send,
	sendAsync,
	setSocketOption,
	SystemCallError,
} from '../system/system-calls.js';
import {here, type Inside} from '../system/network-namespace.js';
import type {WaitingParts} from '../parts/parts.js';
import {createDumpCalls} from './dump-calls.js';
import {openSockDiag, solSocket} from './open-sock-diag.js';
import {
	createViews,
	walkMessages,
	type MessageReader,
	type Views,
} from './framing.js';

const soReceiveTimeout = 20;

/** The kernel's answers are at most 32 KiB long. */
const bufferBytes = 0x80_00;

/** Timeout for a kernel that does not answer: `recv` then fails with EAGAIN. */
const receiveTimeoutSeconds = 5;

/** The outcome of a dump. */
export type Outcome = {
	/** Errno of the first NLMSG_ERROR or of NLMSG_DONE; 0 on success. */
	readonly errno: number;
	/** How many datagrams were truncated. */
	readonly truncated: number;
	/** Whether the kernel reported that its tables changed during the dump. */
	readonly interrupted: boolean;
};

export type DiagSocket = {
	/** Where answers are received. Parsers read from here. */
	readonly views: Views;
	/** Returns the next sequence number. Pass it to the next request. */
	readonly nextSequence: () => number;
	/**
	Sends a dump request and calls back with the bounds of each answer in `views` until the dump is done.

	@throws SystemCallError if the socket itself fails.
	*/
	readonly dump: (request: Uint8Array, sequence: number, message: (start: number, end: number) => void) => Outcome;
	/** Like `dump`, but yields after each datagram, and waits for long walks of the kernel. The socket must not be used otherwise until the dump is done. */
	readonly dumpInParts: (request: Uint8Array, sequence: number, message: (start: number, end: number) => void) => WaitingParts<Outcome>;
	/** Like `dump`, but discards the answers. Returns their bytes. For measuring the cost of a dump alone. */
	readonly discard: (request: Uint8Array, sequence: number) => number;
	/** Sends several exact lookups in one datagram and calls back with each result, in order. */
	readonly lookUp: (
		requests: Uint8Array,
		sequences: {readonly first: number; readonly count: number},
		answer: (index: number, result: {readonly errno: number} | {readonly start: number; readonly end: number}) => void,
	) => void;
	/**
	Sends one request that the kernel acknowledges.

	@returns The errno, 0 on success.
	*/
	readonly command: (request: Uint8Array, sequence: number) => number;
	readonly close: () => void;
};

/**
Opens the socket.

@param inside Runs a function in the network namespace to read. It is also used to reopen the socket after a failure.
@param calls Makes the calls of dumps in parts.
@throws SystemCallError if netlink is refused (EPROTONOSUPPORT in gVisor and WSL 1, EPERM or EAFNOSUPPORT under seccomp).
*/
export const openDiagSocket = (inside: Inside = here, calls = createDumpCalls()): DiagSocket => {
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

	/** Closes the socket after a failed exchange: an unfinished dump would make the next request fail with EBUSY. */
	const closeOnError = <Result>(exchange: () => Result): Result => {
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

	/** Reads the answers to one dump request. */
	const createDump = (sequence: number, message: (start: number, end: number) => void) => {
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
		return {
			/** Takes a datagram of this length. */
			take(length: number): void {
				if (length === 0) {
					throw new SystemCallError('recv', 0);
				}

				truncated += walkMessages(views, Math.min(length, bufferBytes), reader) < length ? 1 : 0;
			},
			isFinished: () => isFinished,
			outcome: (): Outcome => ({errno, truncated, interrupted: isInterrupted}),
		};
	};

	const dump: DiagSocket['dump'] = (request, sequence, message) => closeOnError(() => {
		const {take, isFinished, outcome} = createDump(sequence, message);
		send(descriptor, request);
		while (!isFinished()) {
			take(receive(descriptor, views.bytes));
		}

		return outcome();
	});

	const receiveHere = (): number => receive(descriptor, views.bytes);
	const receiveInThread = async (): Promise<number> => receiveAsync(descriptor, views.bytes);

	const dumpInParts: DiagSocket['dumpInParts'] = function * (request, sequence, message) {
		const {take, isFinished, outcome} = createDump(sequence, message);
		if (descriptor === -1) {
			open();
		}

		try {
			yield * calls.call(() => {
				send(descriptor, request);
			}, async () => sendAsync(descriptor, request));
			while (!isFinished()) {
				take(yield * calls.call(receiveHere, receiveInThread));
				yield;
			}
		} finally {
			calls.endDump();
			if (!isFinished()) {
				close();
			}
		}

		return outcome();
	};

	const discard: DiagSocket['discard'] = (request, sequence) => closeOnError(() => {
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
		closeOnError(() => {
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
					// Lookups have no NLMSG_DONE.
				},
				interrupted() {
					// Only dumps can be interrupted.
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

/** Describes a failed outcome in a sentence; undefined on success. `what` names the sockets that were dumped. */
export const outcomeProblem = (what: string, {errno, truncated}: Outcome): string | undefined => {
	if (errno !== 0) {
		return `${what}: the kernel answered ${errnoName(errno)}`;
	}

	return truncated === 0 ? undefined : `${what}: ${truncated} answers were truncated`;
};

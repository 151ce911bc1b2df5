/**
Compiles filters for the kernel: INET_DIAG_REQ_BYTECODE. The kernel runs them while it lists sockets, and does not copy those that they reject. Operations, layouts
and the kernel's checks: `linux/inet_diag.h`, and `inet_diag_bc_run` and `inet_diag_bc_audit` in net/ipv4/inet_diag.c.

An operation is `{code u8, yes u8, no u16}` and its operands. If its condition is true, the next operation is `yes` bytes further, else `no` bytes. A socket passes if
the program ends exactly after the last operation. Jumps go forward only, and a jump to 4 bytes after the end rejects the socket.
*/
import type {SocketCondition} from '../table/socket-condition.js';

/** The INET_DIAG_BC_* operations that are used. S is the local endpoint, D the peer. */
export const Operation = {
	jump: 1,
	localAtLeast: 2,
	localAtMost: 3,
	peerAtLeast: 4,
	peerAtMost: 5,
	autobound: 6,
	localHost: 7,
	peerHost: 8,
	device: 9,
	mark: 10,
	cgroup: 13,
} as const;

const headerLength = 4;
/** Bytes of an `inet_diag_hostcond` before its address: family u8, prefix length u8, two of padding, port s32. */
const hostHeaderLength = 8;

/** Limit of bytes in a program: the length of an attribute, including its header of 4 bytes, is a u16. */
const maximumBytes = 0xFF_FF - headerLength - 3;

/** A position in the program, known once the operations before it are emitted. */
type Label = {at: number};

type Emitted = {readonly bytes: Uint8Array; readonly at: number; readonly no: Label};

/** Compiles a condition. Returns undefined if the program would be too long for a request. */
export const compileBytecode = (condition: SocketCondition): Uint8Array | undefined => {
	const program: Emitted[] = [];
	let length = 0;
	const emit = (code: number, operandBytes: number, no: Label, fill?: (view: DataView) => void): void => {
		const bytes = new Uint8Array(headerLength + operandBytes);
		bytes[0] = code;
		bytes[1] = bytes.length;
		fill?.(new DataView(bytes.buffer, headerLength));
		program.push({bytes, at: length, no});
		length += bytes.length;
	};

	const define = (label: Label): void => {
		label.at = length;
	};

	/** A port bound is at the position of `no` in a second operation. */
	const emitPort = (code: number, port: number, no: Label): void => {
		emit(code, headerLength, no, operand => {
			operand.setUint16(2, port, isLittleEndian);
		});
	};

	const emitHost = (code: number, no: Label, {family, length: prefixLength, bytes, port}: {
		readonly family: number; readonly length: number; readonly bytes: readonly number[]; readonly port: number;
	}): void => {
		emit(code, hostHeaderLength + bytes.length, no, operand => {
			operand.setUint8(0, family);
			operand.setUint8(1, prefixLength);
			operand.setInt32(4, port, isLittleEndian);
			for (const [index, byte] of bytes.entries()) {
				operand.setUint8(hostHeaderLength + index, byte);
			}
		});
	};

	/** Emits operations for a condition. If it is true, the program continues after them, else at `no`. */
	const write = (part: SocketCondition, no: Label): void => {
		switch (part.kind) {
			case 'and': {
				for (const term of part.terms) {
					write(term, no);
				}

				break;
			}

			case 'or': {
				const after: Label = {at: -1};
				for (const [index, term] of part.terms.entries()) {
					if (index === part.terms.length - 1) {
						write(term, no);
					} else {
						const next: Label = {at: -1};
						write(term, next);
						emit(Operation.jump, 0, after);
						define(next);
					}
				}

				define(after);
				break;
			}

			case 'not': {
				const after: Label = {at: -1};
				write(part.term, after);
				emit(Operation.jump, 0, no);
				define(after);
				break;
			}

			case 'port': {
				const {end, from, to} = part;
				const isLocal = end === 'local';
				if (from === to) {
					emitHost(isLocal ? Operation.localHost : Operation.peerHost, no, {
						family: anyFamily, length: 0, bytes: [], port: from,
					});
					break;
				}

				emitPort(isLocal ? Operation.localAtLeast : Operation.peerAtLeast, from, no);
				emitPort(isLocal ? Operation.localAtMost : Operation.peerAtMost, to, no);
				break;
			}

			case 'host': {
				const {end, family, bytes, length: prefixLength} = part;
				emitHost(end === 'local' ? Operation.localHost : Operation.peerHost, no, {
					family, length: prefixLength, bytes, port: anyPort,
				});
				break;
			}

			case 'device': {
				emit(Operation.device, 4, no, operand => {
					operand.setUint32(0, part.index, isLittleEndian);
				});
				break;
			}

			case 'mark': {
				emit(Operation.mark, 8, no, operand => {
					operand.setUint32(0, part.value, isLittleEndian);
					operand.setUint32(4, part.mask, isLittleEndian);
				});
				break;
			}

			case 'cgroup': {
				emit(Operation.cgroup, 8, no, operand => {
					operand.setBigUint64(0, BigInt(part.id), isLittleEndian);
				});
				break;
			}

			case 'autobound': {
				emit(Operation.autobound, 0, no);
				break;
			}
		}
	};

	const reject: Label = {at: -1};
	write(condition, reject);
	reject.at = length + headerLength;
	return length <= maximumBytes ? link(program, length) : undefined;
};

const anyFamily = 0;
const anyPort = -1;

/** The kernel reads numbers in the byte order of the machine. */
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Joins the operations and fills in their `no` jumps. */
const link = (program: readonly Emitted[], length: number): Uint8Array => {
	const linked = new Uint8Array(length);
	const view = new DataView(linked.buffer);
	for (const {bytes, at, no} of program) {
		linked.set(bytes, at);
		view.setUint16(at + 2, no.at - at, isLittleEndian);
	}

	return linked;
};

/**
The kernel's own filter: INET_DIAG_REQ_BYTECODE. It runs while sockets are listed, so that what it rejects is never copied. Operations, layouts and the
kernel's checks: `linux/inet_diag.h`, and `inet_diag_bc_run` and `inet_diag_bc_audit` in net/ipv4/inet_diag.c.

An operation is `{code u8, yes u8, no u16}` and its operands. Where its condition holds, the next is `yes` bytes further on, else `no` bytes. A socket
passes when this ends exactly behind the last operation; jumps go forward only, and 4 bytes too far means no.
*/
import type {SocketCondition} from '../table/socket-condition.js';

/** INET_DIAG_BC_*, those that are used. S is the local end, D the other one. */
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

const headLength = 4;
/** Bytes of an `inet_diag_hostcond` before its address: family u8, prefix length u8, two of padding, port s32. */
const hostHeadLength = 8;

/** INET_DIAG_REQ_BYTECODE; the length of an attribute, its head of 4 bytes included, is a u16. */
const mostBytes = 0xFF_FF - headLength - 3;

/** A place in the program that is known when what comes before it is. */
type Label = {at: number};

type Emitted = {readonly bytes: Uint8Array; readonly at: number; readonly no: Label};

/** Compiles a condition; undefined when the program would be longer than a request can hold. */
export const compileBytecode = (condition: SocketCondition): Uint8Array | undefined => {
	const program: Emitted[] = [];
	let length = 0;
	const emit = (code: number, operandBytes: number, no: Label, fill?: (view: DataView) => void): void => {
		const bytes = new Uint8Array(headLength + operandBytes);
		bytes[0] = code;
		bytes[1] = bytes.length;
		fill?.(new DataView(bytes.buffer, headLength));
		program.push({bytes, at: length, no});
		length += bytes.length;
	};

	const place = (label: Label): void => {
		label.at = length;
	};

	/** Port bounds stand where a second operation would have its `no`. */
	const emitPort = (code: number, port: number, no: Label): void => {
		emit(code, headLength, no, operand => {
			operand.setUint16(2, port, isLittleEndian);
		});
	};

	const emitHost = (code: number, no: Label, {family, length: prefixLength, bytes, port}: {
		readonly family: number; readonly length: number; readonly bytes: readonly number[]; readonly port: number;
	}): void => {
		emit(code, hostHeadLength + bytes.length, no, operand => {
			operand.setUint8(0, family);
			operand.setUint8(1, prefixLength);
			operand.setInt32(4, port, isLittleEndian);
			for (const [index, byte] of bytes.entries()) {
				operand.setUint8(hostHeadLength + index, byte);
			}
		});
	};

	/** Writes operations after which the program goes on where the condition holds, and at `no` where it does not. */
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
						place(next);
					}
				}

				place(after);
				break;
			}

			case 'not': {
				const after: Label = {at: -1};
				write(part.term, after);
				emit(Operation.jump, 0, no);
				place(after);
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
	reject.at = length + headLength;
	return length <= mostBytes ? link(program, length) : undefined;
};

const anyFamily = 0;
const anyPort = -1;

/** Whether this machine is; what the kernel reads as numbers is in its own order. */
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Joins the operations, with the ways that they take where their conditions do not hold. */
const link = (program: readonly Emitted[], length: number): Uint8Array => {
	const linked = new Uint8Array(length);
	const view = new DataView(linked.buffer);
	for (const {bytes, at, no} of program) {
		linked.set(bytes, at);
		view.setUint16(at + 2, no.at - at, isLittleEndian);
	}

	return linked;
};

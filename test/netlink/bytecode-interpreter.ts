import {Operation} from '../../source/netlink/bytecode.js';

/** The socket that the kernel passes to a filter: `struct inet_diag_entry`. */
export type Entry = {
	readonly family: number;
	/** 4 or 16 bytes. */
	readonly local: Uint8Array;
	readonly peer: Uint8Array;
	readonly localPort: number;
	readonly peerPort: number;
	readonly interfaceIndex: number;
	readonly mark: number;
	readonly cgroup: bigint;
	readonly isAutobound: boolean;
};

const isPrefix = (address: Uint8Array, wanted: Uint8Array, bits: number): boolean => {
	for (let bit = 0; bit < bits; bit++) {
		if ((((address[bit >> 3] ^ wanted[bit >> 3]) >> (7 - (bit & 7))) & 1) === 1) {
			return false;
		}
	}

	return true;
};

const mappedHead = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];

type End = {readonly address: Uint8Array; readonly port: number; readonly family: number};

const isHost = (operand: DataView, {address, port, family}: End): boolean => {
	const wantedPort = operand.getInt32(4, true);
	if (wantedPort !== -1 && wantedPort !== port) {
		return false;
	}

	const [wantedFamily, bits] = [operand.getUint8(0), operand.getUint8(1)];
	const wanted = new Uint8Array(operand.buffer, operand.byteOffset + 8, operand.byteLength - 8);
	if (wantedFamily === 0 || wantedFamily === family) {
		return isPrefix(address, wanted, bits);
	}

	const isMapped = family === 10 && mappedHead.every((byte, index) => address[index] === byte);
	return isMapped && wantedFamily === 2 && isPrefix(address.subarray(12), wanted, bits);
};

const doesHold = (code: number, operand: DataView, entry: Entry): boolean => {
	switch (code) {
		case Operation.jump: {
			return false;
		}

		case Operation.localAtLeast: {
			return entry.localPort >= operand.getUint16(2, true);
		}

		case Operation.localAtMost: {
			return entry.localPort <= operand.getUint16(2, true);
		}

		case Operation.peerAtLeast: {
			return entry.peerPort >= operand.getUint16(2, true);
		}

		case Operation.peerAtMost: {
			return entry.peerPort <= operand.getUint16(2, true);
		}

		case Operation.autobound: {
			return entry.isAutobound;
		}

		case Operation.localHost: {
			return isHost(operand, {address: entry.local, port: entry.localPort, family: entry.family});
		}

		case Operation.peerHost: {
			return isHost(operand, {address: entry.peer, port: entry.peerPort, family: entry.family});
		}

		case Operation.device: {
			return entry.interfaceIndex === operand.getUint32(0, true);
		}

		case Operation.mark: {
			return ((entry.mark & operand.getUint32(4, true)) >>> 0) === operand.getUint32(0, true);
		}

		case Operation.cgroup: {
			return entry.cgroup === operand.getBigUint64(0, true);
		}

		default: {
			throw new Error(`there is no operation ${code}`);
		}
	}
};

/**
Runs a filter as `inet_diag_bc_run` in net/ipv4/inet_diag.c does, with the checks of `inet_diag_bc_audit`: throws if a jump leads out of the program, except to its end
or 4 bytes after it, or between two operations.
*/
export const didPass = (program: Uint8Array, entry: Entry): boolean => {
	const view = new DataView(program.buffer, program.byteOffset, program.byteLength);
	const starts = new Set<number>();
	for (let at = 0; at < program.length; at += program[at + 1]) {
		starts.add(at);
		if (program[at + 1] < 4 || program[at + 1] % 4 !== 0) {
			throw new Error('an operation has no length');
		}
	}

	let at = 0;
	while (at < program.length) {
		if (!starts.has(at)) {
			throw new Error('a jump leads between two operations');
		}

		const yes = program[at + 1];
		const no = view.getUint16(at + 2, true);
		if (no < 4 || no % 4 !== 0 || at + no > program.length + 4) {
			throw new Error('a jump leads out of the program');
		}

		at += doesHold(program[at], new DataView(program.buffer, program.byteOffset + at + 4, yes - 4), entry) ? yes : no;
	}

	return at === program.length;
};

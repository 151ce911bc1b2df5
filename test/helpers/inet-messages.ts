/** Creates answers of inet_diag: `struct inet_diag_msg`, then attributes. Little-endian, as are the machines that run tests. */
import {Buffer} from 'node:buffer';
import {Family} from '../../source/addresses/family.js';
import {State} from '../../source/table/columns/states.js';

export type Socket = {readonly family?: number; readonly state?: number; readonly cookie?: number; readonly localPort?: number; readonly peerPort?: number};

const numbers = (length: number, write: (view: DataView) => void): Uint8Array => {
	const view = new DataView(new ArrayBuffer(length));
	write(view);
	return new Uint8Array(view.buffer);
};

export const u16 = (value: number): Uint8Array => numbers(2, view => {
	view.setUint16(0, value, true);
});

export const u32 = (value: number): Uint8Array => numbers(4, view => {
	view.setUint32(0, value, true);
});

export const u64 = (value: bigint): Uint8Array => numbers(8, view => {
	view.setBigUint64(0, value, true);
});

/** A number of bytes with one value. */
export const bytes = (length: number, value = 0): Uint8Array => new Uint8Array(length).fill(value);

/** A NUL-terminated text. */
export const text = (content: string): Uint8Array => Buffer.from(`${content}\0`);

/** An attribute with a payload of these parts, padded. */
export const attribute = (type: number, ...parts: readonly Uint8Array[]): Uint8Array => {
	const payload = Buffer.concat(parts);
	const whole = new Uint8Array((4 + payload.length + 3) & ~3);
	whole.set(u16(4 + payload.length), 0);
	whole.set(u16(type), 2);
	whole.set(payload, 4);
	return whole;
};

/** An attribute that contains attributes. */
export const nest = (type: number, ...attributes: readonly Uint8Array[]): Uint8Array => {
	const whole = attribute(type | 0x80_00, ...attributes);
	return whole;
};

/** A complete answer without the netlink header. */
export const message = (
	attributes: readonly Uint8Array[], {family = Family.inet, state = State.established, cookie = 7, localPort = 80, peerPort = 5000}: Socket = {},
): Uint8Array => {
	const head = numbers(72, view => {
		view.setUint8(0, family);
		view.setUint8(1, state);
		view.setUint16(4, localPort);
		view.setUint16(6, peerPort);
		view.setUint32(44, cookie, true);
		view.setUint32(68, 1234, true);
	});
	// Not a Buffer from Node.js's pool, because the views of the parser start at the beginning of the memory.
	return new Uint8Array(Buffer.concat([head, ...attributes]));
};

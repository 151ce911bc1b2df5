/** Creates answers of sock_diag from the layouts in the kernel's headers, for families that most kernels lack. */
import {Buffer} from 'node:buffer';

/** An attribute: its number and payload. */
export type TestAttribute = readonly [type: number, payload: Uint8Array];

const endian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 'LE' : 'BE';

export const u32 = (...numbers: readonly number[]): Uint8Array => {
	const bytes = Buffer.alloc(numbers.length * 4);
	for (const [index, number] of numbers.entries()) {
		bytes[`writeUInt32${endian}`](number, index * 4);
	}

	return bytes;
};

export const u64 = (...numbers: ReadonlyArray<number | bigint>): Uint8Array => {
	const bytes = Buffer.alloc(numbers.length * 8);
	for (const [index, number] of numbers.entries()) {
		bytes[`writeBigUInt64${endian}`](BigInt(number), index * 8);
	}

	return bytes;
};

export const u16 = (...numbers: readonly number[]): Uint8Array => {
	const bytes = Buffer.alloc(numbers.length * 2);
	for (const [index, number] of numbers.entries()) {
		bytes[`writeUInt16${endian}`](number, index * 2);
	}

	return bytes;
};

/** A number in network byte order. */
export const be16 = (number: number): Uint8Array => Buffer.of(number >> 8, number & 0xFF);

export const attribute = ([type, payload]: TestAttribute): Uint8Array => {
	const length = 4 + payload.byteLength;
	return Buffer.concat([u16(length, type), payload, Buffer.alloc((4 - (length % 4)) % 4)]);
};

export const attributes = (...list: readonly TestAttribute[]): Uint8Array => Buffer.concat(list.map(one => attribute(one)));

/** A message of a dump: nlmsghdr, a struct, attributes. */
export const message = (content: Uint8Array, ...list: readonly TestAttribute[]): Uint8Array => {
	const body = Buffer.concat([content, attributes(...list)]);
	return Buffer.concat([u32(16 + body.byteLength), u16(20, 2), u32(1, 0), body]);
};

export type InetMessage = {
	readonly family?: number;
	readonly state: number;
	readonly timer?: number;
	readonly local: readonly [address: readonly number[], port: number];
	readonly peer?: readonly [address: readonly number[], port: number];
	readonly cookie: number;
	readonly inode?: number;
	readonly uid?: number;
	readonly recvQ?: number;
	readonly sendQ?: number;
};

const sixteen = (address: readonly number[]): Uint8Array => Buffer.concat([Buffer.from(address), Buffer.alloc(16 - address.length)]);

/** Struct inet_diag_sockid. */
export const socketId = ({local, peer = [[], 0], cookie}: Pick<InetMessage, 'local' | 'peer' | 'cookie'>): Uint8Array =>
	Buffer.concat([be16(local[1]), be16(peer[1]), sixteen(local[0]), sixteen(peer[0]), u32(0), u64(cookie)]);

/** Struct inet_diag_msg. */
export const inetMessage = ({family = 2, state, timer = 0, inode = 0, uid = 0, recvQ = 0, sendQ = 0, ...id}: InetMessage): Uint8Array => Buffer.concat([
	Buffer.of(family, state, timer, 0), socketId(id), u32(0, recvQ, sendQ, uid, inode),
]);

/** Reads and writes numbers in the buffers of system calls without creating strings. */
import {Descriptor} from './proc.js';

/** `socket:[`, as two big-endian words. */
const socketPrefix = {first: 0x73_6F_63_6B, second: 0x65_74_3A_5B, length: 8} as const;

const digitZero = 0x30;

/** Parses the NUL-terminated decimal number at a position; -1 for any other text. */
export const numberAt = (bytes: Uint8Array, position: number): number => {
	let number = bytes[position] === 0 ? -1 : 0;
	for (let index = position; bytes[index] !== 0; index++) {
		const digit = bytes[index] - digitZero;
		if (digit < 0 || digit > 9) {
			return -1;
		}

		number = number * 10 + digit;
	}

	return number;
};

/** Writes a number in decimal with a terminating NUL. */
export const writeDecimal = (bytes: Uint8Array, number: number): void => {
	let length = 1;
	for (let rest = number; rest >= 10; rest = Math.trunc(rest / 10)) {
		length++;
	}

	bytes[length] = 0;
	for (let rest = number; length > 0; rest = Math.trunc(rest / 10)) {
		bytes[--length] = digitZero + rest % 10;
	}
};

/** The lower 32 bits, as in sock_diag, of the inode in `socket:[N]`; `Descriptor.other` for any other link target. */
export const socketInode = (target: DataView, length: number): number => {
	if (length <= socketPrefix.length || target.getUint32(0) !== socketPrefix.first || target.getUint32(4) !== socketPrefix.second) {
		return Descriptor.other;
	}

	let inode = 0;
	for (let index = socketPrefix.length; index < length - 1; index++) {
		inode = (inode * 10 + target.getUint8(index) - digitZero) >>> 0;
	}

	return inode;
};

/**
/proc by system calls through koffi. Compared with Node's functions this halves the cost of a descriptor: the kernel walks one path component instead
of four, and neither names nor targets become strings.

The only file of this folder with knowledge of the kernel's binary interface.
*/
import fs from 'node:fs';
import {constants, endianness} from 'node:os';
import type koffiModule from 'koffi';
import {listPulse, statGlance} from './proc-files.js';
import {
	Descriptor,
	listLength,
	type Proc,
	type Visit,
} from './proc.js';
import {parseProcessStat} from './process-stat.js';

type Koffi = typeof koffiModule;

/** `AT_FDCWD` of fcntl.h. */
const currentDirectory = -100;

/** `O_CLOEXEC` of fcntl.h, which Node.js does not name. */
const closeOnExec = 0o200_0000;

const directoryFlags = fs.constants.O_RDONLY | fs.constants.O_DIRECTORY | closeOnExec;

/** `struct linux_dirent64` (getdents64(2)): u64 inode, u64 offset, u16 length of the record, u8 type, name with NUL. */
const entryOffset = {length: 16, name: 19} as const;

/** A record takes at least 24 bytes: this gives at most `listLength` names. */
const entryBytes = 24 * listLength;

/** In /proc/PID/fd, the position of a descriptor is its number after `.` and `..` (proc_readfd_common in fs/proc/fd.c). */
const firstPosition = 2;

/** Longer than any line of /proc/PID/stat. */
const statBytes = 2048;

/** `socket:[`, as two big-endian words. */
const socketPrefix = {first: 0x73_6F_63_6B, second: 0x65_74_3A_5B, length: 8} as const;
const digitZero = 0x30;

const isLittleEndian = endianness() === 'LE';

const {ENOENT, ESRCH, EACCES, EPERM} = constants.errno;

/**
@throws Error where this libc lacks one of the functions (`getdents64` came with glibc 2.30; musl calls it `getdents`).
*/
export const createProcCalls = (koffi: Koffi): Proc => {
	const libc = koffi.load(null);
	const openAt = libc.func('int openat(int directory, const void *path, int flags)') as (directory: number, path: Uint8Array, flags: number) => number;
	const read = libc.func('intptr_t read(int fd, void *data, size_t length)') as (fd: number, data: Uint8Array, length: number) => number;
	const readLinkAt = libc.func('intptr_t readlinkat(int directory, const void *path, void *data, size_t length)') as
		(directory: number, path: Uint8Array, data: Uint8Array, length: number) => number;
	const seek = libc.func('long lseek(int fd, long offset, int whence)') as (fd: number, offset: number, whence: number) => number;
	const close = libc.func('int close(int fd)') as (fd: number) => number;
	const getEntries = listFunction(libc);

	const entries = new Uint8Array(entryBytes);
	const entryLengths = new DataView(entries.buffer);
	const statLine = new Uint8Array(statBytes);
	const link = new DataView(new ArrayBuffer(64));
	const linkBytes = new Uint8Array(link.buffer);
	const decimal = new Uint8Array(16);

	/** Reads entries whose names are numbers of at least `from`. At the end of the directory there is none. */
	const readNumbers = (directory: number, from: number, into: Uint32Array): number => {
		for (;;) {
			const length = getEntries(directory, entries, entryBytes);
			if (length <= 0) {
				return 0;
			}

			let count = 0;
			for (let entry = 0; entry < length; entry += entryLengths.getUint16(entry + entryOffset.length, isLittleEndian)) {
				const number = numberAt(entries, entry + entryOffset.name);
				if (number >= from) {
					into[count++] = number;
				}
			}

			if (count > 0) {
				return count;
			}
		}
	};

	const pids = (): readonly number[] | undefined => {
		const directory = openAt(currentDirectory, cString('/proc'), directoryFlags);
		if (directory < 0) {
			return undefined;
		}

		const found: number[] = [];
		const chunk = new Uint32Array(listLength);
		for (;;) {
			const count = readNumbers(directory, 1, chunk);
			if (count === 0) {
				close(directory);
				return found;
			}

			found.push(...chunk.subarray(0, count));
		}
	};

	const readIdentity = (directory: number) => {
		const file = openAt(directory, cString('stat'), fs.constants.O_RDONLY | closeOnExec);
		if (file < 0) {
			return undefined;
		}

		const length = read(file, statLine, statBytes);
		close(file);
		return length > 0 ? parseProcessStat(statLine.subarray(0, length)) : undefined;
	};

	const visit = (pid: number): Visit | undefined => {
		const directory = openAt(currentDirectory, cString(`/proc/${pid}`), directoryFlags);
		if (directory < 0) {
			return isGone(koffi.errno())
				? undefined
				: {
					...hidden, uid: undefined, count: 0, identity: undefined,
				};
		}

		const identity = readIdentity(directory);
		const descriptors = openAt(directory, cString('fd'), directoryFlags);
		const errno = descriptors < 0 ? koffi.errno() : 0;
		close(directory);
		const glance = statGlance(pid);
		if (isGone(errno) || glance === undefined) {
			closeIfOpen(descriptors);
			return undefined;
		}

		const access = descriptors < 0 ? hidden : {...openDescriptors(descriptors), isDenied: false};
		return {...glance, ...access, identity};
	};

	const closeIfOpen = (fd: number): void => {
		if (fd >= 0) {
			close(fd);
		}
	};

	const openDescriptors = (directory: number): Omit<Access, 'isDenied'> => {
		let next = 0;
		return {
			list(from, into) {
				if (from !== next) {
					seek(directory, from + firstPosition, 0);
				}

				const count = readNumbers(directory, from, into);
				next = count === 0 ? from : into[count - 1] + 1;
				return count;
			},
			socketAt(fd) {
				writeDecimal(decimal, fd);
				const length = readLinkAt(directory, decimal, linkBytes, link.byteLength);
				if (length >= 0) {
					return socketInode(link, length);
				}

				const errno = koffi.errno();
				return errno === EACCES || errno === EPERM ? Descriptor.denied : Descriptor.none;
			},
			close() {
				close(directory);
			},
		};
	};

	return {
		pulse: listPulse, pids, glance: statGlance, visit,
	};
};

const listFunction = (libc: ReturnType<Koffi['load']>) => {
	const parameters = '(int fd, void *data, size_t length)';
	let call;
	try {
		call = libc.func(`intptr_t getdents64${parameters}`);
	} catch {
		call = libc.func(`intptr_t getdents${parameters}`);
	}

	return call as (fd: number, data: Uint8Array, length: number) => number;
};

const isGone = (errno: number): boolean => errno === ENOENT || errno === ESRCH;

type Access = Pick<Visit, 'isDenied' | 'list' | 'socketAt' | 'close'>;

/** A process that may not be looked into. */
const hidden: Access = {
	isDenied: true,
	list: () => 0,
	socketAt: () => Descriptor.denied,
	close() {
		// Nothing is open.
	},
};

const cString = (text: string): Uint8Array => new TextEncoder().encode(`${text}\0`);

/** The decimal number at a position, ended by NUL; -1 for any other name. */
const numberAt = (bytes: Uint8Array, position: number): number => {
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

const writeDecimal = (bytes: Uint8Array, number: number): void => {
	let length = 1;
	for (let rest = number; rest >= 10; rest = Math.trunc(rest / 10)) {
		length++;
	}

	bytes[length] = 0;
	for (let rest = number; length > 0; rest = Math.trunc(rest / 10)) {
		bytes[--length] = digitZero + rest % 10;
	}
};

/** Inode of `socket:[N]`. sock_diag tells its lower 32 bits, so no more are kept. */
const socketInode = (target: DataView, length: number): number => {
	if (length <= socketPrefix.length || target.getUint32(0) !== socketPrefix.first || target.getUint32(4) !== socketPrefix.second) {
		return Descriptor.other;
	}

	let inode = 0;
	for (let index = socketPrefix.length; index < length - 1; index++) {
		inode = (inode * 10 + target.getUint8(index) - digitZero) >>> 0;
	}

	return inode;
};

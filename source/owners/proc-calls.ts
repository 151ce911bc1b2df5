/**
Reads /proc with system calls through koffi. Compared with Node's functions this halves the cost of a descriptor: the kernel resolves one path component instead of
four, and names and link targets do not become strings.

This is the only file in this folder that depends on the kernel's binary interface.
*/
import fs from 'node:fs';
import {constants, endianness} from 'node:os';
import type koffiModule from 'koffi';
import {numberAt, socketInode, writeDecimal} from './proc-bytes.js';
import {readVersion, statDescriptors} from './proc-files.js';
import {
	Descriptor,
	listLength,
	type Proc,
	type OpenProcess,
} from './proc.js';
import {parseProcessStat} from './process-stat.js';

type Koffi = typeof koffiModule;

/** `AT_FDCWD` of fcntl.h. */
const currentDirectory = -100;

/** `O_CLOEXEC` of fcntl.h, which Node.js does not name. */
const closeOnExec = 0o200_0000;

const directoryFlags = fs.constants.O_RDONLY | fs.constants.O_DIRECTORY | closeOnExec;

/** `struct linux_dirent64` (getdents64(2)): u64 inode, u64 offset, u16 record length, u8 type, NUL-terminated name. */
const entryOffset = {length: 16, name: 19} as const;

/** The fewest bytes of a record: a buffer holds at most as many names as it has room for such records. A long name takes no more than two of them. */
const entryBytes = 24;

/** The directory position of descriptor 0 in /proc/PID/fd: after `.` and `..` (proc_readfd_common in fs/proc/fd.c). */
const firstPosition = 2;

/** Longer than any line of /proc/PID/stat. */
const statBytes = 2048;

const isLittleEndian = endianness() === 'LE';

const {ENOENT, ESRCH, EACCES, EPERM} = constants.errno;

/**
@throws Error if libc lacks one of the functions (`getdents64` is in glibc since 2.30; musl calls it `getdents`).
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

	const entries = new Uint8Array(entryBytes * listLength);
	const entryLengths = new DataView(entries.buffer);
	const statLine = new Uint8Array(statBytes);
	const link = new DataView(new ArrayBuffer(64));
	const linkBytes = new Uint8Array(link.buffer);
	const decimal = new Uint8Array(16);

	/** Reads entries whose names are numbers of at least `from`, no more than `into` has room for. Returns their count, 0 at the end of the directory. */
	const readNumbers = (directory: number, from: number, into: Uint32Array): number => {
		for (;;) {
			const length = getEntries(directory, entries, entryBytes * into.length);
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

	const open = (pid: number): OpenProcess | undefined => {
		const directory = openAt(currentDirectory, cString(`/proc/${pid}`), directoryFlags);
		if (directory < 0) {
			return isGone(koffi.errno())
				? undefined
				: {
					...deniedAccess, uid: undefined, count: 0, identity: undefined,
				};
		}

		const identity = readIdentity(directory);
		const descriptors = openAt(directory, cString('fd'), directoryFlags);
		const errno = descriptors < 0 ? koffi.errno() : 0;
		close(directory);
		const stat = statDescriptors(pid);
		if (isGone(errno) || stat === undefined) {
			closeIfOpen(descriptors);
			return undefined;
		}

		const access = descriptors < 0 ? deniedAccess : {...openDescriptors(descriptors), isDenied: false};
		return {...stat, ...access, identity};
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
		version: readVersion, pids, stat: statDescriptors, open,
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

type Access = Pick<OpenProcess, 'isDenied' | 'list' | 'socketAt' | 'close'>;

/** Access to a process whose descriptors are not readable. */
const deniedAccess: Access = {
	isDenied: true,
	list: () => 0,
	socketAt: () => Descriptor.denied,
	close() {
		// Nothing is open.
	},
};

const cString = (text: string): Uint8Array => new TextEncoder().encode(`${text}\0`);

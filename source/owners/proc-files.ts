/**
Reads /proc with Node's own functions, for systems without koffi or a function of libc. It costs about twice as much as system calls.
*/
import fs from 'node:fs';
import {constants} from 'node:os';
import {
	Descriptor,
	type ProcStat,
	type Proc,
	type ProcessIdentity,
	type OpenProcess,
} from './proc.js';
import {parseProcessStat} from './process-stat.js';

const {ENOENT, ESRCH} = constants.errno;

/** The number of threads and the last pid (proc_loadavg(5)): every start and almost every end of a process changes them. */
export const readVersion = (): string => {
	try {
		const text = fs.readFileSync('/proc/loadavg', 'utf8');
		return text.slice(text.indexOf('/') + 1).trim();
	} catch {
		return '';
	}
};

/** Stats /proc/PID/fd. Since Linux 6.2, the size of the directory is the number of descriptors. */
export const statDescriptors = (pid: number): ProcStat | undefined => {
	try {
		const stats = fs.statSync(`/proc/${pid}/fd`, {throwIfNoEntry: false});
		return stats && {uid: stats.uid, count: stats.size};
	} catch (error) {
		return isGone(error) ? undefined : {uid: undefined, count: 0};
	}
};

export const createProcFiles = (): Proc => ({
	version: readVersion,
	pids() {
		try {
			return numbersIn('/proc');
		} catch {
			return undefined;
		}
	},
	stat: statDescriptors,
	open(pid) {
		const stat = statDescriptors(pid);
		const identity = readIdentity(pid);
		if (stat === undefined || identity === 'gone') {
			return undefined;
		}

		const isDenied = !isReadable(`/proc/${pid}/fd`);
		return {
			...stat, identity, isDenied, ...descriptorsOf(pid),
		};
	},
});

const descriptorsOf = (pid: number): Pick<OpenProcess, 'list' | 'socketAt' | 'close'> => {
	let numbers: readonly number[] | undefined;
	return {
		list(from, into) {
			numbers ??= descriptorNumbers(pid);
			const start = lowerBound(numbers, from);
			const chunk = numbers.slice(start, start + into.length);
			into.set(chunk);
			return chunk.length;
		},
		socketAt(fd) {
			try {
				return socketInode(fs.readlinkSync(`/proc/${pid}/fd/${fd}`));
			} catch (error) {
				return isDenial(error) ? Descriptor.denied : Descriptor.none;
			}
		},
		close() {
			numbers = undefined;
		},
	};
};

/** The lower 32 bits, as in sock_diag, of the inode in `socket:[N]`; `Descriptor.other` for any other link target. */
const socketInode = (target: string): number => {
	const inode = /^socket:\[(?<inode>\d+)\]$/v.exec(target)?.groups?.inode;
	return inode === undefined ? Descriptor.other : Number(BigInt.asUintN(32, BigInt(inode)));
};

const descriptorNumbers = (pid: number): readonly number[] => {
	try {
		return numbersIn(`/proc/${pid}/fd`);
	} catch {
		return [];
	}
};

/** The numeric names in a directory, in ascending order. */
const numbersIn = (path: string): readonly number[] => {
	const names = fs.readdirSync(path).filter(name => /^\d+$/v.test(name));
	return names.map(Number).toSorted((a, b) => a - b);
};

const lowerBound = (numbers: readonly number[], from: number): number => {
	const index = numbers.findIndex(number => number >= from);
	return index === -1 ? numbers.length : index;
};

const readIdentity = (pid: number): ProcessIdentity | 'gone' | undefined => {
	try {
		return parseProcessStat(fs.readFileSync(`/proc/${pid}/stat`));
	} catch (error) {
		return isGone(error) ? 'gone' : undefined;
	}
};

const isReadable = (path: string): boolean => {
	try {
		fs.closeSync(fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_DIRECTORY));
		return true;
	} catch {
		return false;
	}
};

const isGone = (error: unknown): boolean => [ENOENT, ESRCH].includes(-errnoOf(error));

const isDenial = (error: unknown): boolean => ['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');

const errnoOf = (error: unknown): number => (error as NodeJS.ErrnoException).errno ?? 0;

/**
Other network namespaces: opened by path, and entered with setns(2) only to open sockets there. setns(2) moves only the calling thread, so everything done inside
must be synchronous: the thread pool stays outside, and during an `await` the rest of the program would run inside.
*/
import fs from 'node:fs';
import {constants} from 'node:os';
import process from 'node:process';
import {enterNetworkNamespace, SystemCallError} from './system-calls.js';

const {EBADF} = constants.errno;

/** Runs a function in a network namespace and returns its result. The types reject asynchronous functions. */
export type Inside = <Result>(run: () => Result extends PromiseLike<unknown> ? never : Result) => Result;

/** Runs a function in the current network namespace. */
export const here: Inside = run => run();

/** An open network namespace. It exists at least until it is closed. */
export type NetworkNamespace = {
	/**
	Runs a function inside, then returns to the program's own namespace.

	@throws SystemCallError with the code EPERM if the thread may not enter, or may not return; EINVAL if it is not a network namespace. If the thread has entered and
	returning fails, the program ends with an uncaught error: everything it did next would concern another network.
	*/
	readonly inside: Inside;
	readonly close: () => void;
};

/** The network namespace of the calling thread. `/proc/self` would be that of the main thread. */
export const ownNamespacePath = '/proc/thread-self/ns/net';

/**
Opens a network namespace.

@param path A link in /proc/PID/ns, or a file on which a namespace is mounted.
@param inode The expected namespace: the path may lead elsewhere by now.
@returns Undefined if the path leads to another namespace.
@throws An error of Node.js: ENOENT if the path does not exist, EACCES if it may not be opened.
*/
export const openNetworkNamespace = (path: string, inode: number): NetworkNamespace | undefined => {
	const descriptor = fs.openSync(path, fs.constants.O_RDONLY);
	if (fs.fstatSync(descriptor).ino !== inode) {
		fs.closeSync(descriptor);
		return undefined;
	}

	let isClosed = false;
	return {
		inside(run) {
			// The descriptor number may belong to another file by now.
			if (isClosed) {
				throw new SystemCallError('setns', EBADF);
			}

			return runInside(descriptor, run);
		},
		close() {
			isClosed = true;
			fs.closeSync(descriptor);
		},
	};
};

const runInside = <Result>(descriptor: number, run: () => Result): Result => {
	const home = fs.openSync(ownNamespacePath, fs.constants.O_RDONLY);
	try {
		// First check that returning is possible: in a user namespace inside a container, the thread may not enter even its own network namespace.
		enterNetworkNamespace(home);
		enterNetworkNamespace(descriptor);
		try {
			return run();
		} finally {
			returnHome(() => {
				enterNetworkNamespace(home);
			});
		}
	} finally {
		fs.closeSync(home);
	}
};

/**
Returns to the program's own namespace, or ends the program.

@param endWith Ends the program with an error; passed in by tests.
*/
export const returnHome = (enterHome: () => void, endWith = throwLater): void => {
	try {
		enterHome();
	} catch (error) {
		const lost = new Error(`conntop could not go back to its own network namespace: ${error instanceof Error ? error.message : String(error)}`);
		endWith(lost);
		throw lost;
	}
};

/** Throws an error that cannot be caught: callers skip namespaces that fail. */
const throwLater = (error: Error): void => {
	process.nextTick(() => {
		throw error;
	});
};

/**
Other network namespaces: opened by path, entered by setns(2) for as long as a few sockets are opened there. Only the calling thread goes there, so all that
happens inside must be synchronous: whatever a thread pool does happens outside, and while anything is awaited, the rest of the program would be inside.
*/
import fs from 'node:fs';
import {constants} from 'node:os';
import process from 'node:process';
import {enterNetworkNamespace, SystemCallError} from './system-calls.js';

const {EBADF} = constants.errno;

/** Runs something in a network namespace. Types refuse what is asynchronous. */
export type Inside = <Result>(run: () => Result extends PromiseLike<unknown> ? never : Result) => Result;

/** In the network namespace where the thread is anyway. */
export const here: Inside = run => run();

/** A network namespace that stays open, and so stays alive, until it is closed. */
export type NetworkNamespace = {
	/**
	Runs something inside and comes back.

	@throws SystemCallError with the code EPERM where the thread may not go there, or could not come back; EINVAL where it is no network namespace.
	If it is there and cannot come back, that is an error that nobody catches: all that the program does next would be about another network.
	*/
	readonly inside: Inside;
	readonly close: () => void;
};

/** The network namespace of the calling thread: `/proc/self` would be that of the main thread. */
export const ownNamespacePath = '/proc/thread-self/ns/net';

/**
Opens a network namespace.

@param path A link in /proc/PID/ns, or a file on which a namespace is mounted.
@param inode What is expected there: in the meantime, the path may have come to lead elsewhere.
@returns Undefined when something else is there.
@throws Error of Node.js: ENOENT when there is nothing, EACCES where it may not be opened.
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
			// The number of the descriptor may be that of another file by now.
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
		// Who may not enter the own namespace (that of a container, seen from a user namespace inside) could not come back from another.
		enterNetworkNamespace(home);
		enterNetworkNamespace(descriptor);
		try {
			return run();
		} finally {
			comeBack(() => {
				enterNetworkNamespace(home);
			});
		}
	} finally {
		fs.closeSync(home);
	}
};

/**
Comes back, or ends the program.

@param enterHome
@param endWith Ends the program with an error; passed in by tests.
*/
export const comeBack = (enterHome: () => void, endWith = throwLater): void => {
	try {
		enterHome();
	} catch (error) {
		const lost = new Error(`conntop could not go back to its own network namespace: ${error instanceof Error ? error.message : String(error)}`);
		endWith(lost);
		throw lost;
	}
};

/** Throws where nobody catches it: whoever opens namespaces passes over those that fail. */
const throwLater = (error: Error): void => {
	process.nextTick(() => {
		throw error;
	});
};

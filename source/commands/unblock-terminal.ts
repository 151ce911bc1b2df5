import {accessSync, constants} from 'node:fs';
import process from 'node:process';

/** The internal handle of a terminal stream in Node.js. */
type Handle = {readonly setBlocking?: (isBlocking: boolean) => void};

/**
Whether Node.js could reopen the terminal. It then has an open file description of its own, so that non-blocking mode does not affect other processes. After `su`
it cannot, because the terminal belongs to another user.
*/
const isOwn = (descriptor: number): boolean => {
	try {
		accessSync(`/proc/self/fd/${descriptor}`, constants.W_OK);
		return true;
	} catch {
		return false;
	}
};

/**
Makes writes to the terminal non-blocking. By default Node.js blocks in write(2) until the terminal has accepted everything, and handles neither keys nor signals
meanwhile. Includes standard error, because Ink shows the cursor through it on exit.
*/
export const unblockTerminal = (): void => {
	for (const [descriptor, stream] of [[1, process.stdout], [2, process.stderr]] as const) {
		const {_handle: handle} = stream as {readonly _handle?: Handle};
		if (stream.isTTY && isOwn(descriptor)) {
			handle?.setBlocking?.(false);
		}
	}
};

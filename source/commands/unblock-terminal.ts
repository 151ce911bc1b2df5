import {accessSync, constants} from 'node:fs';
import process from 'node:process';

/** What Node.js has behind a stream to a terminal. */
type Handle = {readonly setBlocking?: (isBlocking: boolean) => void};

/**
Whether Node.js could open the terminal anew: then what becomes of its open file is nobody else's business. It could not after `su`, where the terminal is that of
another user.
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
Lets no write wait for the terminal, as long as the program runs. Node.js waits within write(2) until a terminal has taken all, and hears neither keys nor signals
while it stands. Standard error, too: Ink shows the cursor again by it when the program ends.
*/
export const unblockTerminal = (): void => {
	for (const [descriptor, stream] of [[1, process.stdout], [2, process.stderr]] as const) {
		const {_handle: handle} = stream as {readonly _handle?: Handle};
		if (stream.isTTY && isOwn(descriptor)) {
			handle?.setBlocking?.(false);
		}
	}
};

import process from 'node:process';

/** Writes to standard output; waits when the reader is slow, so that nothing piles up. */
export const write = async (text: string): Promise<void> => {
	if (!process.stdout.write(text)) {
		await new Promise<void>(resolve => {
			process.stdout.once('drain', resolve);
		});
	}
};

/** A reader that has seen enough (`| head`) closes the pipe: that ends the program without a word. Whatever else fails (a full disk) is said in one sentence. */
export const endQuietlyOnClosedPipe = (): void => {
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') {
			process.stderr.write(`conntop: standard output cannot be written: ${error.message}\n`);
		}

		// eslint-disable-next-line unicorn/no-process-exit -- Nobody listens any more: there is nothing left to do.
		process.exit(error.code === 'EPIPE' ? undefined : 1);
	});
};

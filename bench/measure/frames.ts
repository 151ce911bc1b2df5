/** Frames of the live view. Ink writes each as a synchronized update, between two marks (DEC private mode 2026). */
import {Buffer} from 'node:buffer';
import type {Pty} from '../../test/helpers/pty.js';

const endMark = '\u{1B}[?2026l';

/** Runs an action and returns the bytes of the first frame that ends after it, including its marks. */
export const bytesOfNextFrame = async (program: Pty, action: () => void): Promise<number> => {
	const {promise, resolve} = Promise.withResolvers<number>();
	let output = '';
	const stop = program.onOutput(data => {
		output += data;
		const end = output.indexOf(endMark);
		if (end === -1) {
			return;
		}

		stop();
		resolve(Buffer.byteLength(output.slice(0, end + endMark.length)));
	});
	action();
	return promise;
};

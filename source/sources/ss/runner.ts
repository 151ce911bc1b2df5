/**
Running `ss`. Its output can be hundreds of megabytes (a million sockets, padded), so it is handed on piece by piece and never collected.

It gets a process group of its own: `ss` may be a script, and what that has started must end with it. It only reads, so it is killed.
*/
import {Buffer} from 'node:buffer';
import {beforeEnd, endProcessGroup} from './process-group.js';

export type SsRunResult = {
	/** Why it failed, to follow "ss"; absent when it exited with 0. */
	readonly problem?: string;
	/** There is no such program. */
	readonly isMissing: boolean;
};

/** Runs `ss` and hands its output on as it comes, a character for each byte. Never rejects for what `ss` does. */
export type RunSs = (ssArguments: readonly string[], onText: (text: string) => void, signal: AbortSignal) => Promise<SsRunResult>;

export type RunnerOptions = {
	/** Name or path of the program. */
	readonly file?: string;
	/** Milliseconds. A million sockets and their processes take `ss` some 15 seconds. */
	readonly timeout?: number;
};

export const createSsRunner = ({file = 'ss', timeout = 60_000}: RunnerOptions = {}): RunSs => async (ssArguments, onText, signal) => {
	// Loaded only where ss is needed.
	const {execa} = await import('execa');
	const subprocess = execa(file, ssArguments, {
		stdin: 'ignore',
		encoding: 'buffer',
		buffer: {stdout: false, stderr: true},
		maxBuffer: {stderr: 1_000_000},
		reject: false,
		detached: true,
	});
	const end = (): void => {
		if (subprocess.pid !== undefined) {
			endProcessGroup(subprocess.pid);
		}
	};

	let isLate = false;
	const timer = setTimeout(() => {
		isLate = true;
		end();
	}, timeout);
	signal.addEventListener('abort', end);
	const stopListening = beforeEnd(end);
	try {
		if (signal.aborted) {
			end();
		}

		for await (const chunk of subprocess.iterable()) {
			onText(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1'));
		}
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', end);
		stopListening();
	}

	const result = await subprocess;
	if (!result.failed) {
		return {isMissing: false};
	}

	const isMissing = result.code === 'ENOENT';
	if (isLate) {
		return {isMissing, problem: `did not finish within ${timeout / 1000} s`};
	}

	const [complaint] = Buffer.from(result.stderr).toString().trim().split('\n', 1);
	return {isMissing, problem: `failed: ${complaint === '' ? reasonOf(result) : complaint.slice(0, 200)}`};
};

type Failure = {readonly code?: string | undefined; readonly exitCode?: number | undefined; readonly signal?: string | undefined};

const reasonOf = ({code, exitCode, signal}: Failure): string =>
	code ?? (exitCode === undefined ? `ended by ${signal ?? 'a signal'}` : `exit code ${exitCode}`);

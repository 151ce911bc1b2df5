/**
Runs `ss`. Its output can be hundreds of megabytes (padded), so it is passed on in pieces and never collected. A run ends within limits of time and size,
whatever the program does.

`ss` gets a process group of its own: it may be a script, and the processes it starts must end with it. It only reads, so killing it is safe.
*/
import {Buffer} from 'node:buffer';
import {decodeBytes, escapeText} from '../../text/escape.js';
import {bytesAsText} from './text.js';
import {beforeEnd, killProcessGroup} from './process-group.js';

export type SsRunResult = {
	/** Why the run failed, as words that follow "ss"; absent if the exit code was 0. Safe for a terminal. */
	readonly problem?: string;
	/** What the program printed on standard error although the exit code was 0. Safe for a terminal. */
	readonly complaint?: string;
	/** Whether the program was not found. */
	readonly isMissing: boolean;
};

/** Runs `ss` and passes its output on as it comes, one character per byte. Never rejects, whatever `ss` does. Returns at once when the signal is aborted. */
export type RunSs = (ssArguments: readonly string[], onText: (text: string) => void, signal: AbortSignal) => Promise<SsRunResult>;

export type RunnerOptions = {
	/** Name or path of the program. */
	readonly file?: string;
	/** Time limit of a run, in milliseconds. */
	readonly timeout?: number;
	/** Limit of the output of a run, in megabytes. */
	readonly maxMegabytes?: number;
};

/** Bytes of standard error that are kept. */
const maximumComplaint = 10_000;
const maxLines = 3;
const maxCharacters = 200;

/** The first few lines of standard error, without the explanation of options; empty if there are none. */
const complaintOf = (chunks: readonly Uint8Array[]): string => {
	const lines = new Set(decodeBytes(Buffer.concat(chunks)).split('\n', 100).map(line => escapeText(line.trim()).slice(0, maxCharacters)).filter(line => line !== ''));
	const usage = [...lines].findIndex(line => line.startsWith('Usage:'));
	return [...lines].slice(0, usage > 0 ? Math.min(usage, maxLines) : maxLines).join('; ');
};

type Exit = {readonly code?: string | undefined; readonly exitCode?: number | undefined; readonly signal?: string | undefined};

/** Why a run failed that ended by itself. */
const problemOf = ({code, exitCode, signal}: Exit, complaint: string): string => {
	const reason = code ?? (exitCode === undefined ? `killed by ${signal ?? 'a signal'}` : undefined);
	const words = [reason, complaint === '' ? undefined : complaint].filter(word => word !== undefined);
	return `failed: ${words.length === 0 ? `exit code ${exitCode}` : words.join(': ')}`;
};

export const createSsRunner = ({file = 'ss', timeout = 10_000, maxMegabytes = 256}: RunnerOptions = {}): RunSs => async (ssArguments, onText, signal) => {
	// Loaded only when `ss` is used.
	const {execa} = await import('execa');
	if (signal.aborted) {
		return {isMissing: false, problem: 'was not started'};
	}

	const subprocess = execa(file, ssArguments, {
		stdin: 'ignore', encoding: 'buffer', buffer: false, reject: false, detached: true,
	});
	const stopped = Promise.withResolvers<SsRunResult>();
	const killGroup = (): void => {
		if (subprocess.pid !== undefined) {
			killProcessGroup(subprocess.pid);
		}
	};

	/** Stops the run without waiting: other processes may hold the pipes, or the kernel may not let the process end. */
	const stop = (problem: string): void => {
		killGroup();
		subprocess.stdout.destroy();
		subprocess.stderr.destroy();
		subprocess.nodeChildProcess.unref();
		stopped.resolve({isMissing: false, problem});
	};

	let printed = 0;
	subprocess.stdout.on('data', (chunk: Uint8Array) => {
		printed += chunk.length;
		if (printed > maxMegabytes * 1_000_000) {
			stop(`printed more than ${maxMegabytes} MB`);
		} else {
			onText(bytesAsText(chunk));
		}
	});
	const complained: Uint8Array[] = [];
	let room = maximumComplaint;
	subprocess.stderr.on('data', (chunk: Uint8Array) => {
		if (!(room > 0)) {
			return;
		}

		complained.push(chunk.subarray(0, room));
		room -= chunk.length;
	});
	const onAbort = (): void => {
		stop('was stopped');
	};

	const timer = setTimeout(() => {
		const complaint = complaintOf(complained);
		stop(`did not finish within ${timeout / 1000} s${complaint === '' ? '' : `: ${complaint}`}`);
	}, timeout);
	signal.addEventListener('abort', onAbort, {once: true});
	const stopListening = beforeEnd(killGroup);
	const finished = subprocess.then((result): SsRunResult => {
		const complaint = complaintOf(complained);
		return result.failed ? {isMissing: result.code === 'ENOENT', problem: problemOf(result, complaint)} : {isMissing: false, ...(complaint !== '' && {complaint})};
	});
	try {
		return await Promise.race([finished, stopped.promise]);
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', onAbort);
		stopListening();
	}
};

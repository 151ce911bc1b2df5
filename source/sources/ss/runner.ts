/**
Running `ss`. Its output can be hundreds of megabytes (padded), so it is passed on piece by piece and never collected. A run ends within bounds of time
and size, whatever the program does.

`ss` gets a process group of its own: it may be a script, and what that has started must end with it. It only reads, so it is killed.
*/
import {Buffer} from 'node:buffer';
import {decodeBytes, escapeText} from '../../text/escape.js';
import {bytesAsText} from './text.js';
import {beforeEnd, endProcessGroup} from './process-group.js';

export type SsRunResult = {
	/** Why the run failed, to follow "ss"; absent when it exited with 0. Safe for a terminal. */
	readonly problem?: string;
	/** What the program complained of though it exited with 0. Safe for a terminal. */
	readonly complaint?: string;
	/** There is no such program. */
	readonly isMissing: boolean;
};

/** Runs `ss` and passes its output on as it comes, a character for each byte. Never rejects for what `ss` does. When the signal is aborted, it returns at once. */
export type RunSs = (ssArguments: readonly string[], onText: (text: string) => void, signal: AbortSignal) => Promise<SsRunResult>;

export type RunnerOptions = {
	/** Name or path of the program. */
	readonly file?: string;
	/** Milliseconds that a run may take. */
	readonly timeout?: number;
	/** Megabytes of output that a run may print. */
	readonly mostMegabytes?: number;
};

/** Bytes of standard error that are kept. */
const mostComplaint = 10_000;
const mostLines = 3;
const mostCharacters = 200;

/** The first few lines of what the program complained of, without its explanation of options; empty when there is nothing. */
const complaintOf = (chunks: readonly Uint8Array[]): string => {
	const lines = new Set(decodeBytes(Buffer.concat(chunks)).split('\n', 100).map(line => escapeText(line.trim()).slice(0, mostCharacters)).filter(line => line !== ''));
	const usage = [...lines].findIndex(line => line.startsWith('Usage:'));
	return [...lines].slice(0, usage > 0 ? Math.min(usage, mostLines) : mostLines).join('; ');
};

type Ending = {readonly code?: string | undefined; readonly exitCode?: number | undefined; readonly signal?: string | undefined};

/** Why a run failed that ended by itself. */
const problemOf = ({code, exitCode, signal}: Ending, complaint: string): string => {
	const reason = code ?? (exitCode === undefined ? `ended by ${signal ?? 'a signal'}` : undefined);
	const words = [reason, complaint === '' ? undefined : complaint].filter(word => word !== undefined);
	return `failed: ${words.length === 0 ? `exit code ${exitCode}` : words.join(': ')}`;
};

export const createSsRunner = ({file = 'ss', timeout = 10_000, mostMegabytes = 256}: RunnerOptions = {}): RunSs => async (ssArguments, onText, signal) => {
	// Loaded only where ss is needed.
	const {execa} = await import('execa');
	if (signal.aborted) {
		return {isMissing: false, problem: 'was not run'};
	}

	const subprocess = execa(file, ssArguments, {
		stdin: 'ignore', encoding: 'buffer', buffer: false, reject: false, detached: true,
	});
	const stopped = Promise.withResolvers<SsRunResult>();
	const endGroup = (): void => {
		if (subprocess.pid !== undefined) {
			endProcessGroup(subprocess.pid);
		}
	};

	/** Gives up, and waits for nothing more: what it started may hold the pipes, or the kernel may not let it end. */
	const stop = (problem: string): void => {
		endGroup();
		subprocess.stdout.destroy();
		subprocess.stderr.destroy();
		subprocess.nodeChildProcess.unref();
		stopped.resolve({isMissing: false, problem});
	};

	let printed = 0;
	subprocess.stdout.on('data', (chunk: Uint8Array) => {
		printed += chunk.length;
		if (printed > mostMegabytes * 1_000_000) {
			stop(`printed more than ${mostMegabytes} MB`);
		} else {
			onText(bytesAsText(chunk));
		}
	});
	const complained: Uint8Array[] = [];
	let room = mostComplaint;
	subprocess.stderr.on('data', (chunk: Uint8Array) => {
		if (!(room > 0)) {
			return;
		}

		complained.push(chunk.subarray(0, room));
		room -= chunk.length;
	});
	const onAbort = (): void => {
		stop('was ended');
	};

	const impatience = setTimeout(() => {
		const complaint = complaintOf(complained);
		stop(`did not finish within ${timeout / 1000} s${complaint === '' ? '' : `: ${complaint}`}`);
	}, timeout);
	signal.addEventListener('abort', onAbort, {once: true});
	const stopListening = beforeEnd(endGroup);
	const finished = subprocess.then((result): SsRunResult => {
		const complaint = complaintOf(complained);
		return result.failed ? {isMissing: result.code === 'ENOENT', problem: problemOf(result, complaint)} : {isMissing: false, ...(complaint !== '' && {complaint})};
	});
	try {
		return await Promise.race([finished, stopped.promise]);
	} finally {
		clearTimeout(impatience);
		signal.removeEventListener('abort', onAbort);
		stopListening();
	}
};

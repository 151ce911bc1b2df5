/** The options of the commands that write and read recordings. */
import {recordingsPlace} from '../../files/places.js';
import {parseDuration} from '../../text/duration.js';
import {parseSize} from '../../text/units.js';
import type {Options, Settings} from '../options.js';
import {readMoment} from '../source-choice.js';
import {UsageError} from '../usage-error.js';
import type {CompareSettings} from './compare.js';
import type {HistorySettings} from './history.js';

const day = 86_400_000;

/** One minute, and ten years. */
const minKeep = 60_000;
const maxKeep = 3650 * day;

/** Bytes. A shard takes a tenth of the size and must hold a frame of some thousand sockets. The maximum is that of common file systems. */
const minSize = 1024 ** 2;
const maxSize = 1024 ** 5;

/** Parses `7d`, `36h` or `90m` as milliseconds. */
export const readKeep = (text: string): number => {
	const milliseconds = parseDuration(text.trim()) ?? NaN;
	if (!(milliseconds >= minKeep && milliseconds <= maxKeep)) {
		throw new UsageError(`--keep takes a time from 1m to 3650d, such as 7d or 36h; got "${text}"`);
	}

	return milliseconds;
};

/** Parses `500M` as bytes. */
export const readMaxSize = (text: string): number => {
	const bytes = parseSize(text.trim()) ?? NaN;
	if (!(bytes >= minSize && bytes <= maxSize)) {
		throw new UsageError(`--max-size takes bytes from 1M to 1P, such as 500M or 2G; got "${text}"`);
	}

	return bytes;
};

/** The recording that the options name, and the other options. */
const splitInput = ({input, at, ...options}: Options): {readonly path: string; readonly at: string | undefined; readonly options: Options} =>
	({path: input ?? recordingsPlace().path, at, options});

/**
Reads the options of `conntop history`.

@throws UsageError
*/
export const readHistoryOptions = (options: Options, settings: Settings): HistorySettings => {
	const {path, at, options: others} = splitInput(options);
	if (at !== undefined && (others.from !== undefined || others.to !== undefined)) {
		throw new UsageError('--at names a moment, --from and --to a span; give one or the other');
	}

	const moment = at === undefined ? undefined : readMoment(at, '--at');
	const from = moment ?? (others.from === undefined ? 0 : readMoment(others.from, '--from'));
	const to = moment ?? (others.to === undefined ? Date.now() : readMoment(others.to, '--to'));
	if (from > to) {
		throw new UsageError(`--from (${new Date(from).toISOString()}) is after --to (${new Date(to).toISOString()})`);
	}

	return {...settings, path, span: {from, to}};
};

/**
Reads the options of `conntop compare`.

@throws UsageError
*/
export const readCompareOptions = (options: Options, settings: Settings): CompareSettings => {
	const {path, options: {moments = []}} = splitInput(options);
	const [first, second, ...rest] = moments.map(moment => readMoment(moment, '--at'));
	if (first === undefined || second === undefined || rest.length > 0) {
		throw new UsageError(`compare takes two moments, such as --at -1h --at now; got ${moments.length}`);
	}

	return {...settings, path, moments: [first, second]};
};

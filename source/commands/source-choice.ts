/** Validates the options that select where sockets are read from. */
import {resolveNamespace} from '../namespaces/target.js';
import {isRecording} from '../recording/archive/is-recording.js';
import {
	sourceNames,
	type LocalChoice,
	type SourceChoice,
	type SourceName,
} from '../sampling/open-source.js';
import {momentForms, parseMoment} from '../text/moment.js';
import {UsageError} from './usage-error.js';

type SourceOptions = {
	readonly source?: string;
	readonly input?: string;
	readonly net?: string;
	readonly allNamespaces?: boolean;
	readonly at?: string;
	readonly from?: string;
	readonly to?: string;
};

/**
Returns the source that the options select.

@throws UsageError if they contradict each other.
*/
export const readChoice = (options: SourceOptions): SourceChoice => {
	const {
		source, input, net, allNamespaces, at, from, to,
	} = options;
	const prefer = readSource(source);
	const timeOption = [['--at', at], ['--from', from], ['--to', to]].find(([, value]) => value !== undefined)?.[0];
	if (input === undefined) {
		if (timeOption !== undefined) {
			throw new UsageError(`${timeOption} is a time in a recording; --input names the recording`);
		}

		return {kind: 'local', prefer, ...readNamespaces(options)};
	}

	if (net !== undefined || allNamespaces) {
		throw new UsageError(`a file given with --input has no network namespace; remove ${net === undefined ? '--all-namespaces' : '-N'}`);
	}

	if (!isRecording(input)) {
		if (timeOption !== undefined) {
			throw new UsageError(`${timeOption} is a time in a recording, and ${input} is not one: \`conntop record\` makes them`);
		}

		return {kind: 'file', path: input};
	}

	const begins = at === undefined ? (from === undefined ? undefined : readMoment(from, '--from')) : readMoment(at, '--at');
	const ends = to === undefined ? undefined : readMoment(to, '--to');
	if (begins !== undefined && ends !== undefined && ends < begins) {
		throw new UsageError(`--to ${to} is before ${timeOption} ${at ?? from}`);
	}

	return {
		kind: 'recording', path: input, ...(begins !== undefined && {at: begins}), ...(ends !== undefined && {to: ends}),
	};
};

/** Milliseconds since 1970 of a moment that an option names. */
export const readMoment = (text: string, option: string): number => {
	const moment = parseMoment(text, Date.now());
	if (moment === undefined) {
		throw new UsageError(`${option} takes a moment such as ${momentForms}; got "${text}"`);
	}

	return moment;
};

const readNamespaces = ({net, allNamespaces}: SourceOptions): Pick<LocalChoice, 'namespaces'> => {
	if (net === undefined && !allNamespaces) {
		return {};
	}

	if (net === undefined) {
		return {namespaces: 'all'};
	}

	if (allNamespaces) {
		throw new UsageError('-N selects one network namespace and --all-namespaces selects all of them; use only one of the two');
	}

	const target = resolveNamespace(net);
	if ('problem' in target) {
		throw new UsageError(target.problem);
	}

	return {namespaces: target};
};

const readSource = (text: string = sourceNames[0]): SourceName => {
	const name = sourceNames.find(name => name === text);
	if (name === undefined) {
		throw new UsageError(`--source is one of ${sourceNames.join(', ')}; got "${text}"`);
	}

	return name;
};

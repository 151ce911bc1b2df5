import dns from 'node:dns/promises';
import type {HostAnswer} from './lookups.js';

/** Milliseconds that a name must rest before it is asked for: nobody wants the addresses of all the names that one types on the way. */
const restMilliseconds = 300;

/** Names that are remembered; at more, all are forgotten. */
const mostNames = 1000;

export type HostNames = {
	/** What is known of a name now. */
	readonly known: (name: string) => HostAnswer;
	/** The same; a name that is not known is asked for, once it has rested. */
	readonly find: (name: string) => HostAnswer;
	/** Asks for a name at once. Never fails: what nobody knows is `unknown`. */
	readonly ask: (name: string) => Promise<void>;
};

type Options = {
	/** Is told that a name that was pending has an answer. */
	readonly onAnswer?: () => void;
	/** Gives all addresses of a name, or fails. */
	readonly resolve?: (name: string) => Promise<readonly string[]>;
	/** Calls back later; a second call takes the place of the first. */
	readonly later?: (callback: () => void) => void;
};

/** Addresses of names of hosts, as the machine's resolver has them: /etc/hosts, DNS and what else getaddrinfo(3) asks. Each is asked for once. */
export const createHostNames = ({onAnswer, resolve = resolveAll, later = createTimer()}: Options = {}): HostNames => {
	const answers = new Map<string, HostAnswer>();
	/** The name that waits to be asked for. */
	let resting: string | undefined;
	const ask = async (name: string): Promise<void> => {
		const answer = await answerOf(resolve, name);
		if (answers.size >= mostNames) {
			answers.clear();
		}

		answers.set(name, answer);
		onAnswer?.();
	};

	return {
		known: name => answers.get(name) ?? 'pending',
		find(name) {
			const answer = answers.get(name);
			if (answer === undefined && name !== resting) {
				resting = name;
				later(() => {
					resting = undefined;
					answers.set(name, 'pending');
					void ask(name);
				});
			}

			return answer ?? 'pending';
		},
		ask,
	};
};

const answerOf = async (resolve: (name: string) => Promise<readonly string[]>, name: string): Promise<HostAnswer> => {
	try {
		const addresses = await resolve(name);
		return addresses.length === 0 ? 'unknown' : addresses;
	} catch {
		return 'unknown';
	}
};

const resolveAll = async (name: string): Promise<readonly string[]> => {
	const found = await dns.lookup(name, {all: true});
	return [...new Set(found.map(({address}) => address))];
};

const createTimer = (): ((callback: () => void) => void) => {
	let timer: NodeJS.Timeout | undefined;
	return callback => {
		clearTimeout(timer);
		timer = setTimeout(callback, restMilliseconds);
		timer.unref();
	};
};

import dns from 'node:dns/promises';
import type {HostAnswer} from './lookups.js';

/** Milliseconds that a name must stay unchanged before it is looked up, so that prefixes are not looked up while the user types. */
const typingDelay = 300;

/** Limit of cached names. When it is reached, the cache is cleared. */
const maximumNames = 1000;

export type HostNames = {
	/** Returns the cached answer, or `pending`. */
	readonly known: (name: string) => HostAnswer;
	/** Like `known`, and looks up an unknown name after the typing delay. */
	readonly find: (name: string) => HostAnswer;
	/** Looks up a name immediately. Never rejects: a failed lookup is `unknown`. */
	readonly ask: (name: string) => Promise<void>;
};

type Options = {
	/** Called when a pending name has got its answer. */
	readonly onAnswer?: () => void;
	/** Returns all addresses of a name, or rejects. */
	readonly resolve?: (name: string) => Promise<readonly string[]>;
	/** Calls back later. A second call replaces the first. */
	readonly later?: (callback: () => void) => void;
};

/** Resolves host names to addresses through the machine's resolver: /etc/hosts, DNS and whatever else getaddrinfo(3) uses. Each name is looked up once. */
export const createHostNames = ({onAnswer, resolve = resolveAll, later = createTimer()}: Options = {}): HostNames => {
	const answers = new Map<string, HostAnswer>();
	/** The name that waits for the typing delay. */
	let delayed: string | undefined;
	const ask = async (name: string): Promise<void> => {
		const answer = await answerOf(resolve, name);
		if (answers.size >= maximumNames) {
			answers.clear();
		}

		answers.set(name, answer);
		onAnswer?.();
	};

	return {
		known: name => answers.get(name) ?? 'pending',
		find(name) {
			const answer = answers.get(name);
			if (answer === undefined && name !== delayed) {
				delayed = name;
				later(() => {
					delayed = undefined;
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
		timer = setTimeout(callback, typingDelay);
		timer.unref();
	};
};

/** Names of hosts, asked for in the background. */
import dns from 'node:dns/promises';
import {createHostsFile} from './hosts-file.js';

/** Names that are remembered; the one that was not looked at for the longest time gives way. */
const mostHosts = 4096;

/** Milliseconds that a name counts, and that an address is not asked for again which has none or whose server does not answer. */
const lifetime = 600_000;
const failureLifetime = 120_000;

/** Look-ups at one time. */
const mostAsked = 8;

/** Milliseconds that a server may take, and how often it is asked. */
const patience = {timeout: 2000, tries: 2};

export type ReverseNames = {
	/** Name of the host with an address, as far as it is known by now. One that is not known is asked for later, in the order of the calls. */
	readonly name: (address: string) => string | undefined;
	/** The same, and nothing is asked for. */
	readonly known: (address: string) => string | undefined;
	/** Drops what waits to be asked for: something else is on the screen now. */
	readonly begin: () => void;
	/** Resolves when nothing waits and nothing is being asked for. */
	readonly settled: () => Promise<void>;
	/** Drops everything; whatever is being asked for counts no more. */
	readonly close: () => void;
};

type Options = {
	/** Is told of each name that has come, not of addresses without one. */
	readonly onName?: () => void;
	/** Gives the names of the host with an address, the best one first, or fails. */
	readonly reverse?: (address: string) => Promise<readonly string[]>;
	/** Names that need no asking. */
	readonly known?: (address: string) => string | undefined;
	/** How many are remembered. */
	readonly most?: number;
	/** A clock in milliseconds. */
	readonly now?: () => number;
};

type Entry = {readonly name: string | undefined; readonly until: number};

/**
Names by address: those of /etc/hosts, then those of DNS. Look-ups use sockets of this thread's event loop, not the pool of threads that getnameinfo(3)
would block for as long as a server is silent.
*/
export const createReverseNames = ({onName, reverse = createReverse(), known = createHostsFile(), most = mostHosts, now = () => performance.now()}: Options = {}): ReverseNames => {
	/** The one that was looked at last stands at the end. */
	const entries = new Map<string, Entry>();
	const waiting = new Set<string>();
	const asked = new Set<string>();
	let isScheduled = false;
	let isClosed = false;
	let idle: PromiseWithResolvers<void> | undefined;

	const remember = (address: string, entry: Entry): void => {
		entries.delete(address);
		entries.set(address, entry);
		const [oldest = ''] = entries.size > most ? entries.keys() : [];
		entries.delete(oldest);
	};

	const ask = async (address: string): Promise<void> => {
		asked.add(address);
		const name = await nameOf(reverse, address);
		asked.delete(address);
		if (isClosed) {
			return;
		}

		remember(address, {name, until: now() + (name === undefined ? failureLifetime : lifetime)});
		if (name !== undefined) {
			onName?.();
		}

		askMore();
	};

	const askMore = (): void => {
		for (const address of waiting) {
			if (asked.size >= mostAsked) {
				return;
			}

			waiting.delete(address);
			void ask(address);
		}

		if (asked.size > 0) {
			return;
		}

		idle?.resolve();
		idle = undefined;
	};

	/** Not while someone makes the rows of a frame. */
	const schedule = (): void => {
		if (isScheduled) {
			return;
		}

		isScheduled = true;
		setImmediate(() => {
			isScheduled = false;
			askMore();
		});
	};

	return {
		name(address) {
			const given = known(address);
			if (given !== undefined) {
				return given;
			}

			const entry = entries.get(address);
			if (entry !== undefined) {
				remember(address, entry);
			}

			if ((entry === undefined || entry.until <= now()) && !asked.has(address)) {
				waiting.add(address);
				schedule();
			}

			return entry?.name;
		},
		known: address => known(address) ?? entries.get(address)?.name,
		begin() {
			waiting.clear();
		},
		async settled() {
			if (!(waiting.size > 0 || asked.size > 0)) {
				return;
			}

			idle ??= Promise.withResolvers();
			await idle.promise;
		},
		close() {
			isClosed = true;
			waiting.clear();
			entries.clear();
			idle?.resolve();
		},
	};
};

const nameOf = async (reverse: (address: string) => Promise<readonly string[]>, address: string): Promise<string | undefined> => {
	try {
		const [name = ''] = await reverse(address);
		// DNS ends a name with the root.
		const trimmed = name.replace(/\.$/v, '');
		return trimmed === '' ? undefined : trimmed;
	} catch {
		return undefined;
	}
};

const createReverse = (): ((address: string) => Promise<readonly string[]>) => {
	let resolver: dns.Resolver | undefined;
	return async address => {
		resolver ??= new dns.Resolver(patience);
		return resolver.reverse(address);
	};
};

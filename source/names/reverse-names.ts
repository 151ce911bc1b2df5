/** Host names by address, looked up in the background. */
import dns from 'node:dns/promises';
import {createHostsFile} from './hosts-file.js';

/** Limit of cached addresses. The least recently used one is dropped. */
const maximumHosts = 4096;

/** Milliseconds that a name stays valid, and the milliseconds before a failed lookup (no name, or no answer of the server) is repeated. */
const lifetime = 600_000;
const failureLifetime = 120_000;

/** Limit of parallel lookups. */
const maximumActive = 8;

/** Milliseconds that a server may take, and number of attempts. */
const resolverOptions = {timeout: 2000, tries: 2};

export type ReverseNames = {
	/** The host name of an address, if it is known by now. An unknown one is looked up later, in the order of the calls. */
	readonly name: (address: string) => string | undefined;
	/** The same, without starting a lookup. */
	readonly known: (address: string) => string | undefined;
	/** Drops lookups that have not started, because the screen shows other addresses now. */
	readonly begin: () => void;
	/** Resolves when no lookup is queued or active. */
	readonly whenIdle: () => Promise<void>;
	/** Drops everything. Answers to active lookups are ignored. */
	readonly close: () => void;
};

type Options = {
	/** Called for each name found. */
	readonly onName?: () => void;
	/** Returns the host names of an address, the best one first, or rejects. */
	readonly reverse?: (address: string) => Promise<readonly string[]>;
	/** Names that need no lookup. */
	readonly known?: (address: string) => string | undefined;
	/** Limit of cached addresses. */
	readonly maximum?: number;
	/** A clock in milliseconds. */
	readonly now?: () => number;
};

type Entry = {readonly name: string | undefined; readonly until: number};

/**
Looks up host names by address: in /etc/hosts, then in DNS. Lookups use sockets in this thread's event loop, because getnameinfo(3) would block the thread pool
while a server does not answer.
*/
export const createReverseNames = ({onName, reverse = createReverse(), known = createHostsFile(), maximum = maximumHosts, now = () => performance.now()}: Options = {}): ReverseNames => {
	/** Ordered by last use, the most recent one last. */
	const entries = new Map<string, Entry>();
	const queued = new Set<string>();
	const active = new Set<string>();
	let isScheduled = false;
	let isClosed = false;
	let idle: PromiseWithResolvers<void> | undefined;

	const store = (address: string, entry: Entry): void => {
		entries.delete(address);
		entries.set(address, entry);
		const [oldest = ''] = entries.size > maximum ? entries.keys() : [];
		entries.delete(oldest);
	};

	const lookUp = async (address: string): Promise<void> => {
		active.add(address);
		const name = await nameOf(reverse, address);
		active.delete(address);
		if (isClosed) {
			return;
		}

		store(address, {name, until: now() + (name === undefined ? failureLifetime : lifetime)});
		if (name !== undefined) {
			onName?.();
		}

		startNext();
	};

	const startNext = (): void => {
		for (const address of queued) {
			if (active.size >= maximumActive) {
				return;
			}

			queued.delete(address);
			void lookUp(address);
		}

		if (active.size > 0) {
			return;
		}

		idle?.resolve();
		idle = undefined;
	};

	/** Defers lookups until the rows of the current frame are made. */
	const schedule = (): void => {
		if (isScheduled) {
			return;
		}

		isScheduled = true;
		setImmediate(() => {
			isScheduled = false;
			startNext();
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
				store(address, entry);
			}

			if ((entry === undefined || entry.until <= now()) && !active.has(address)) {
				queued.add(address);
				schedule();
			}

			return entry?.name;
		},
		known: address => known(address) ?? entries.get(address)?.name,
		begin() {
			queued.clear();
		},
		async whenIdle() {
			if (!(queued.size > 0 || active.size > 0)) {
				return;
			}

			idle ??= Promise.withResolvers();
			await idle.promise;
		},
		close() {
			isClosed = true;
			queued.clear();
			entries.clear();
			idle?.resolve();
		},
	};
};

const nameOf = async (reverse: (address: string) => Promise<readonly string[]>, address: string): Promise<string | undefined> => {
	try {
		const [name = ''] = await reverse(address);
		// Names in DNS end with the dot of the root.
		const trimmed = name.replace(/\.$/v, '');
		return trimmed === '' ? undefined : trimmed;
	} catch {
		return undefined;
	}
};

const createReverse = (): ((address: string) => Promise<readonly string[]>) => {
	let resolver: dns.Resolver | undefined;
	return async address => {
		resolver ??= new dns.Resolver(resolverOptions);
		return resolver.reverse(address);
	};
};

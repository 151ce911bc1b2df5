import {protocolNames} from './columns/protocols.js';

/** The protocols that samples contain. Default: all. */
export class WatchedProtocols {
	/** By number. */
	readonly #watched = new Uint8Array(protocolNames.length).fill(1);
	/** By number: watched protocols that no complete sample has contained since they were added. */
	readonly #newlyWatched = new Uint8Array(protocolNames.length);

	/** Whether some protocols are not watched. */
	get hasUnwatched(): boolean {
		return this.#watched.includes(0);
	}

	/** Sets the watched protocols. */
	watch(protocols: Iterable<number>): void {
		const before = Uint8Array.from(this.#watched);
		this.#watched.fill(0);
		for (const protocol of protocols) {
			this.#watched[protocol] = 1;
			if (before[protocol] === 0) {
				this.#newlyWatched[protocol] = 1;
			}
		}
	}

	has(protocol: number): boolean {
		return this.#watched[protocol] === 1;
	}

	/** Whether sockets of this protocol that are found now may have existed before the protocol was watched. */
	isNewlyWatched(protocol: number): boolean {
		return this.#newlyWatched[protocol] === 1;
	}

	/** Records that a sample has contained this protocol completely: sockets found later are new. */
	noteComplete(protocol: number): void {
		this.#newlyWatched[protocol] = 0;
	}
}

import {protocolNames} from './columns/protocols.js';

/** Which protocols the samples are about: all, until somebody says which. */
export class WatchedProtocols {
	/** By number. */
	readonly #watched = new Uint8Array(protocolNames.length).fill(1);
	/** Those of which no sample has been whole since they came to be watched. */
	readonly #introduced = new Uint8Array(protocolNames.length);

	/** Whether there are protocols that are not watched. */
	get leavesOut(): boolean {
		return this.#watched.includes(0);
	}

	/** Watches these protocols and no others from now on. */
	watch(protocols: Iterable<number>): void {
		const before = Uint8Array.from(this.#watched);
		this.#watched.fill(0);
		for (const protocol of protocols) {
			this.#watched[protocol] = 1;
			if (before[protocol] === 0) {
				this.#introduced[protocol] = 1;
			}
		}
	}

	has(protocol: number): boolean {
		return this.#watched[protocol] === 1;
	}

	/** Whether sockets of this protocol that are found now were there before anybody watched. */
	isIntroduced(protocol: number): boolean {
		return this.#introduced[protocol] === 1;
	}

	/** A sample has seen this protocol whole: what comes now is new. */
	know(protocol: number): void {
		this.#introduced[protocol] = 0;
	}
}

import type {NetworkNamespaceIdentity} from './identity.js';

/** Network namespaces as they were called when something happened in them. Numbers of sources are given again to others. */
export type KeptNamespaces = {
	/** A number for good for the namespace that a source calls by a number now; 0 for one that it does not know. */
	readonly keep: (number: number) => number;
	/** The namespace with a kept number. */
	readonly of: (kept: number) => NetworkNamespaceIdentity | undefined;
	/** The number that the source has for it still; undefined when it is gone. */
	readonly current: (kept: number) => number | undefined;
};

/** Numbers must fit a column of 16 bits. Names beyond are not kept. */
const mostKept = 65_535;

/** @param of The namespace that the source has under a number now. */
export const createKeptNamespaces = (of: (number: number) => NetworkNamespaceIdentity | undefined): KeptNamespaces => {
	const kept: Array<{readonly number: number; readonly identity: NetworkNamespaceIdentity | undefined}> = [{number: -1, identity: undefined}];
	const byIdentity = new Map<string, number>();
	return {
		keep(number) {
			const identity = of(number);
			if (identity === undefined) {
				return 0;
			}

			const key = `${number} ${identity.inode} ${identity.name}`;
			let place = byIdentity.get(key);
			if (place === undefined && kept.length < mostKept) {
				place = kept.length;
				byIdentity.set(key, place);
				kept.push({number, identity});
			}

			return place ?? 0;
		},
		of: place => kept.at(place)?.identity,
		current(place) {
			const {number, identity} = kept.at(place) ?? kept[0];
			return identity !== undefined && of(number)?.inode === identity.inode ? number : undefined;
		},
	};
};

import type {NetworkNamespaceIdentity} from './identity.js';

/** Keeps the identities of network namespaces for recorded changes, because a source reuses its numbers of namespaces. */
export type KeptNamespaces = {
	/** Returns a permanent number for the namespace with this number in the source; 0 if the source does not know it. */
	readonly keep: (number: number) => number;
	/** The namespace with a kept number. */
	readonly of: (kept: number) => NetworkNamespaceIdentity | undefined;
	/** The current number in the source; undefined if the namespace is gone. */
	readonly current: (kept: number) => number | undefined;
};

/** Numbers must fit a column of 16 bits. Further namespaces are not kept. */
const maximumKept = 65_535;

/** @param of Returns the namespace with a number in the source. */
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
			let index = byIdentity.get(key);
			if (index === undefined && kept.length < maximumKept) {
				index = kept.length;
				byIdentity.set(key, index);
				kept.push({number, identity});
			}

			return index ?? 0;
		},
		of: index => kept.at(index)?.identity,
		current(index) {
			const {number, identity} = kept.at(index) ?? kept[0];
			return identity !== undefined && of(number)?.inode === identity.inode ? number : undefined;
		},
	};
};

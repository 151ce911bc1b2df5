/** A network namespace: what it is called, and its inode, which tells it from all others that live. */
export type NetworkNamespaceIdentity = {
	/** Foreign text. */
	readonly name: string;
	readonly inode: number;
};

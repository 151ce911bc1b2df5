/** A network namespace: its name, and its inode, which is unique among the existing ones. */
export type NetworkNamespaceIdentity = {
	/** Foreign text, not escaped. */
	readonly name: string;
	readonly inode: number;
};

/** The processors that there are packages for. */

export type Target = {
	/** What Debian calls the processor. */
	readonly debian: string;
	/** What Node.js and npm call it. */
	readonly node: string;
	/** The loader that dynamically linked programs of it ask for. */
	readonly loader: string;
};

export const targets: readonly Target[] = [
	{debian: 'amd64', node: 'x64', loader: 'ld-linux-x86-64.so.2'},
	{debian: 'arm64', node: 'arm64', loader: 'ld-linux-aarch64.so.1'},
];

import fs from 'node:fs';

/** Milliseconds between two looks at the file. */
const checkInterval = 1000;

/** A file that others change. */
export type FileAccess = {
	/** A text that differs when the file has changed; undefined when there is no such file. */
	readonly version: () => string | undefined;
	readonly read: () => string;
};

/** A file of this machine. */
export const systemFile = (path: string): FileAccess => ({
	version() {
		try {
			const {mtimeMs, size, ino} = fs.statSync(path);
			return `${mtimeMs} ${size} ${ino}`;
		} catch {
			return undefined;
		}
	},
	read: () => fs.readFileSync(path, 'utf8'),
});

/**
What a file says, read again when it changes, which is looked for at most once a second, and only when someone asks. A file that is not there or cannot be
read is an empty one.

@param file
@param parse Makes something of the text.
@param now A clock in milliseconds.
*/
export const followFile = <Content>(file: FileAccess, parse: (text: string) => Content, now: () => number): (() => Content) => {
	let content: Content | undefined;
	let version: string | undefined;
	let checkedAt = -Infinity;

	return () => {
		if (content === undefined || now() - checkedAt >= checkInterval) {
			checkedAt = now();
			const current = file.version();
			content = content === undefined || current !== version ? parse(current === undefined ? '' : readOrNothing(file)) : content;
			version = current;
		}

		return content;
	};
};

const readOrNothing = (file: FileAccess): string => {
	try {
		return file.read();
	} catch {
		return '';
	}
};

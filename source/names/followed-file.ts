import fs from 'node:fs';

/** Milliseconds between two checks of the file. */
const checkInterval = 1000;

/** Access to a file that other programs change. */
export type FileAccess = {
	/** A text that is different after each change of the file; undefined if the file does not exist. */
	readonly version: () => string | undefined;
	readonly read: () => string;
};

/** Access to a file of this machine. */
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
Returns a function that gives the parsed content of a file. Each call checks for changes, at most once per second, and parses the file again if it has changed.
A file that does not exist or cannot be read counts as empty.

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

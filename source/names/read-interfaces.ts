import fs from 'node:fs';
import {createRequire} from 'node:module';
import type koffiModule from 'koffi';

/**
Reads the names of the network interfaces in this thread's network namespace, by index.

The names are in /proc/thread-self/net/dev, and libc returns the index of each. /sys/class/net has both, but for the network namespace in which /sys was mounted,
which is the wrong one under `unshare -n` or `nsenter -n`. It is used only if koffi is missing.
*/
export const readInterfaces = (): ReadonlyMap<number, string> => {
	try {
		const indexOf = libraryIndex();
		return byIndex(parseDevices(fs.readFileSync('/proc/thread-self/net/dev', 'utf8')), indexOf);
	} catch {
		return readSys();
	}
};

/** Parses the names in /proc/net/dev: two header lines, then one line per interface, with a colon after the name. A name contains neither colon nor space. */
export const parseDevices = (text: string): readonly string[] =>
	text.split('\n').slice(2).filter(line => line.includes(':')).map(line => line.slice(0, line.indexOf(':')).trim());

const byIndex = (names: readonly string[], indexOf: (name: string) => number): ReadonlyMap<number, string> => {
	const entries = names.map(name => [indexOf(name), name] as const);
	return new Map(entries.filter(([index]) => index > 0));
};

const readSys = (): ReadonlyMap<number, string> => {
	const directory = '/sys/class/net';
	try {
		return byIndex(fs.readdirSync(directory), name => {
			try {
				return Number(fs.readFileSync(`${directory}/${name}/ifindex`, 'utf8'));
			} catch {
				return 0;
			}
		});
	} catch {
		return new Map();
	}
};

let indexCall: ((name: string) => number) | undefined;

/** Returns if_nametoindex(3), which gives 0 if no interface has the name. */
const libraryIndex = (): (name: string) => number => {
	indexCall ??= (createRequire(import.meta.url)('koffi') as typeof koffiModule).load(null).func('uint32_t if_nametoindex(const char *name)') as (name: string) => number;
	return indexCall;
};

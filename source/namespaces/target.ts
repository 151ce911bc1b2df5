import fs from 'node:fs';
import path from 'node:path';
import {escapeText} from '../text/escape.js';
import {
	followAll,
	nameAfter,
	type FoundNamespace,
	type NamespaceTarget,
} from './follow.js';
import {createProcessNamespaces} from './process-namespaces.js';
import {
	createNamespaceProc,
	inodeAt,
	nameDirectories,
	readNamed,
	readProcess,
	type NamedNamespace,
} from './read-namespaces.js';

/** The parts of the system that the lookup of `-N` needs; passed in by tests. */
export type TargetOptions = {
	readonly inodeAt?: (path: string) => number | undefined;
	readonly exists?: (path: string) => boolean;
	readonly directories?: readonly string[];
	readonly named?: () => ReadonlyMap<number, NamedNamespace>;
	readonly find?: () => readonly FoundNamespace[];
};

/** Lists all namespaces that this process can find. */
const findAll = (): readonly FoundNamespace[] =>
	followAll({processes: createProcessNamespaces(createNamespaceProc()), named: readNamed, readProcess}).list();

/**
Finds a network namespace by a name of `ip netns`, a path, a pid, or a name as in the column `namespace`. If `ip netns` has a name for the namespace, that is its name.

@returns The namespace, or a sentence that says what is wrong and which namespaces exist.
*/
export const resolveNamespace = (
	text: string,
	{inodeAt: inodeOf = inodeAt, exists = fs.existsSync, directories = nameDirectories, named = readNamed, find = findAll}: TargetOptions = {},
): NamespaceTarget | {readonly problem: string} => {
	const isMounted = (file: string): boolean => exists(file) && !isOther(file, inodeOf);

	/** The name and path in `ip netns` of the namespace at a path, else the given ones. */
	const byInode = (name: string, file: string): NamespaceTarget => named().get(inodeOrNone(file, inodeOf) ?? 0) ?? {name, path: file};

	const ofPath = (): NamespaceTarget | {readonly problem: string} => {
		const isName = directories.includes(path.dirname(text));
		if (isMounted(text)) {
			return isName ? {name: path.basename(text), path: text} : byInode(text, text);
		}

		return {problem: isName && exists(text) ? goneSentence(path.basename(text), text) : `${text} is not a network namespace`};
	};

	/** The possible files of this name. */
	const files = text === '' || /^\.{1,2}$/v.test(text) ? [] : directories.map(directory => `${directory}/${text}`);

	const ofShownName = (): NamespaceTarget | {readonly problem: string} => {
		const found = find();
		const same = found.find(({name}) => name === text);
		if (same !== undefined) {
			return {name: text, path: same.path};
		}

		const names = found.map(({name}) => name);
		const existing = names.length === 0 ? 'none is visible' : `there ${names.length === 1 ? 'is' : 'are'} ${listNames(names)}`;
		const left = files.find(file => exists(file));
		const what = /^\d+$/v.test(text) ? `no process ${text}, and no network namespace of that name` : `no network namespace named "${text}"`;
		return {problem: `${left === undefined ? `there is ${what}` : goneSentence(text, left)}; ${existing}`};
	};

	if (text.includes('/')) {
		return ofPath();
	}

	const file = files.find(each => isMounted(each));
	if (file !== undefined) {
		return {name: text, path: file};
	}

	return /^\d+$/v.test(text) && exists(`/proc/${text}`) ? byInode(nameAfter(Number(text), readProcess), `/proc/${text}/ns/net`) : ofShownName();
};

/** The file of a named namespace may remain after the namespace was unmounted or the machine was restarted. */
const goneSentence = (name: string, file: string): string => `the network namespace ${name} is gone: nothing is mounted at ${file} any more`;

/** Whether something other than a namespace is at a path. False if that cannot be read; opening it then reports the error. */
const isOther = (file: string, inodeOf: (path: string) => number | undefined): boolean => inodeOrNone(file, inodeOf) === undefined;

/** The inode of the namespace at a path; undefined if there is none, 0 if it cannot be read. */
const inodeOrNone = (file: string, inodeOf: (path: string) => number | undefined): number | undefined => {
	try {
		return inodeOf(file);
	} catch {
		return 0;
	}
};

/** Limit of listed names. A machine may have thousands. */
const maximumListed = 20;

const listNames = (names: readonly string[]): string => {
	const shown = names.slice(0, maximumListed).map(name => escapeText(name)).join(', ');
	return names.length > maximumListed ? `${shown} and ${names.length - maximumListed} more` : shown;
};

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

/** What `-N` may be looked up in; passed in by tests. */
export type TargetOptions = {
	readonly inodeAt?: (path: string) => number | undefined;
	readonly exists?: (path: string) => boolean;
	readonly directories?: readonly string[];
	readonly named?: () => ReadonlyMap<number, NamedNamespace>;
	readonly find?: () => readonly FoundNamespace[];
};

/** All that this process can find. */
const findAll = (): readonly FoundNamespace[] =>
	followAll({processes: createProcessNamespaces(createNamespaceProc()), named: readNamed, readProcess}).look();

/**
Finds the network namespace that a person means: a name as in `ip netns`, a path, the number of a process, or a name as the column `namespace` shows it. Whichever
way it was found, a namespace that `ip netns` has a name for is called by that name.

@returns A sentence when there is none, which names those that there are.
*/
export const resolveNamespace = (
	text: string,
	{inodeAt: inodeOf = inodeAt, exists = fs.existsSync, directories = nameDirectories, named = readNamed, find = findAll}: TargetOptions = {},
): NamespaceTarget | {readonly problem: string} => {
	const isMounted = (file: string): boolean => exists(file) && !isOther(file, inodeOf);

	/** The name that the namespace at a path has; else the one given. */
	const byInode = (name: string, file: string): NamespaceTarget => named().get(inodeOrNone(file, inodeOf) ?? 0) ?? {name, path: file};

	const ofPath = (): NamespaceTarget | {readonly problem: string} => {
		const isName = directories.includes(path.dirname(text));
		if (isMounted(text)) {
			return isName ? {name: path.basename(text), path: text} : byInode(text, text);
		}

		return {problem: isName && exists(text) ? goneSentence(path.basename(text), text) : `${text} is no network namespace`};
	};

	/** The files that would have this name. */
	const files = text === '' || /^\.{1,2}$/v.test(text) ? [] : directories.map(directory => `${directory}/${text}`);

	const ofShownName = (): NamespaceTarget | {readonly problem: string} => {
		const found = find();
		const same = found.find(({name}) => name === text);
		if (same !== undefined) {
			return {name: text, path: same.path};
		}

		const names = found.map(({name}) => name);
		const there = `there ${names.length === 1 ? 'is' : 'are'} ${names.length === 0 ? 'none that can be seen' : listed(names)}`;
		const left = files.find(file => exists(file));
		const what = /^\d+$/v.test(text) ? `no process ${text}, and no network namespace of that name` : `no network namespace named "${text}"`;
		return {problem: `${left === undefined ? `there is ${what}` : goneSentence(text, left)}; ${there}`};
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

/** A file that gave a namespace its name is left behind where the namespace was unmounted, or the machine was started again. */
const goneSentence = (name: string, file: string): string => `the network namespace ${name} is gone: nothing is mounted at ${file} any more`;

/** Whether something else than a namespace is at a path. What may not be known is told when it is opened. */
const isOther = (file: string, inodeOf: (path: string) => number | undefined): boolean => inodeOrNone(file, inodeOf) === undefined;

/** The inode of the namespace at a path; undefined where there is none, 0 where that is not for us to know. */
const inodeOrNone = (file: string, inodeOf: (path: string) => number | undefined): number | undefined => {
	try {
		return inodeOf(file);
	} catch {
		return 0;
	}
};

/** A machine may have thousands. */
const mostListed = 20;

const listed = (names: readonly string[]): string => {
	const shown = names.slice(0, mostListed).map(name => escapeText(name)).join(', ');
	return names.length > mostListed ? `${shown} and ${names.length - mostListed} more` : shown;
};

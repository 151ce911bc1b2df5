import fs from 'node:fs';
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
} from './read-namespaces.js';

/** What `-N` may be looked up in; passed in by tests. */
export type TargetOptions = {
	readonly inodeAt?: (path: string) => number | undefined;
	readonly exists?: (path: string) => boolean;
	readonly directories?: readonly string[];
	readonly find?: () => readonly FoundNamespace[];
};

/** All that this process can find. */
const findAll = (): readonly FoundNamespace[] =>
	followAll({processes: createProcessNamespaces(createNamespaceProc()), named: readNamed, readProcess}).look();

/**
Finds the network namespace that a person means: a name as in `ip netns`, a path, the number of a process, or a name as the column `namespace` shows it.

@returns A sentence when there is none, which names those that there are.
*/
export const resolveNamespace = (
	text: string,
	{inodeAt: inodeOf = inodeAt, exists = fs.existsSync, directories = nameDirectories, find = findAll}: TargetOptions = {},
): NamespaceTarget | {readonly problem: string} => {
	if (text.includes('/')) {
		return exists(text) && !isOther(text, inodeOf) ? {name: text, path: text} : {problem: `${text} is no network namespace`};
	}

	const directory = text === '' || /^\.{1,2}$/v.test(text) ? undefined : directories.find(name => exists(`${name}/${text}`) && !isOther(`${name}/${text}`, inodeOf));
	if (directory !== undefined) {
		return {name: text, path: `${directory}/${text}`};
	}

	if (/^\d+$/v.test(text) && exists(`/proc/${text}`)) {
		return {name: nameAfter(Number(text), readProcess), path: `/proc/${text}/ns/net`};
	}

	const found = find();
	const same = found.find(({name}) => name === text);
	if (same !== undefined) {
		return {name: text, path: same.path};
	}

	const names = found.map(({name}) => name);
	const what = /^\d+$/v.test(text) ? `no process ${text}, and no network namespace of that name` : `no network namespace named "${text}"`;
	return {problem: `there is ${what}; there ${names.length === 1 ? 'is' : 'are'} ${names.length === 0 ? 'none that can be seen' : listed(names)}`};
};

/** Whether something else than a namespace is at a path. What may not be known is told when it is opened. */
const isOther = (path: string, inodeOf: (path: string) => number | undefined): boolean => {
	try {
		return inodeOf(path) === undefined;
	} catch {
		return false;
	}
};

/** A machine may have thousands. */
const mostListed = 20;

const listed = (names: readonly string[]): string => {
	const shown = names.slice(0, mostListed).map(name => escapeText(name)).join(', ');
	return names.length > mostListed ? `${shown} and ${names.length - mostListed} more` : shown;
};

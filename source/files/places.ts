/** Where conntop stores the user's files. Source: XDG Base Directory Specification 0.8, specifications.freedesktop.org. */
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** A file or folder where conntop stores something. */
export type Place = {
	readonly path: string;
	/** A folder that must exist; it is never created. It, or what is created in it, belongs to this user. Absent if the user gave the path. */
	readonly base?: string;
};

/** For each kind of folder, the variable with its path, and its default path below the home. */
const kinds = {
	cache: {variable: 'XDG_CACHE_HOME', byDefault: ['.cache']},
	config: {variable: 'XDG_CONFIG_HOME', byDefault: ['.config']},
	state: {variable: 'XDG_STATE_HOME', byDefault: ['.local', 'state']},
} as const;

/** `cache`: can be created again. `config`: chosen by the user. `state`: recorded. */
export type PlaceKind = keyof typeof kinds;

/** Ignores a home that is not an absolute path, so that nothing is read or written in the current folder. */
const homeOf = (home: string): string => path.isAbsolute(home) ? home : '/dev/null';

/**
Returns the place of a file or folder of this user.

@param names The parts of the path below `conntop`.
@param environment Variables that are not absolute paths are ignored, as the specification requires.
@param userHome Default: `HOME`, else the home in the user database.
*/
export const userPlace = (
	kind: PlaceKind, names: readonly string[] = [], environment: NodeJS.ProcessEnv = process.env, userHome = os.homedir(),
): Place & {readonly base: string} => {
	const {variable, byDefault} = kinds[kind];
	const named = environment[variable] ?? '';
	const home = homeOf(userHome);
	return path.isAbsolute(named)
		? {path: path.join(named, 'conntop', ...names), base: path.dirname(path.normalize(named))}
		: {path: path.join(home, ...byDefault, 'conntop', ...names), base: home};
};

/** Where root keeps what a program of the system writes (hier(7)): never in the home directory of the user whose HOME it inherits. */
const systemState = '/var/lib';

/**
The folder of recordings: `$XDG_STATE_HOME/conntop`, and for root /var/lib/conntop.

@param userId The effective user.
*/
export const recordingsPlace = (
	environment: NodeJS.ProcessEnv = process.env, userHome = os.homedir(), userId = process.geteuid?.() ?? 0,
): Place & {readonly base: string} => userId === 0
	? {path: path.join(systemState, 'conntop'), base: systemState}
	: userPlace('state', [], environment, userHome);

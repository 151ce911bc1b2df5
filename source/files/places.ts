/** Where this program keeps something of its user's. Source: XDG Base Directory Specification 0.8, specifications.freedesktop.org. */
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** A file or folder where this program keeps something. */
export type Place = {
	readonly path: string;
	/** A folder that must be there already. It is never made, and it or what is made in it belongs to this user. Absent where a person named the path. */
	readonly base?: string;
};

/** The variable that names a kind of folder, and where it is without one, below the home. */
const kinds = {
	cache: {variable: 'XDG_CACHE_HOME', byDefault: ['.cache']},
	config: {variable: 'XDG_CONFIG_HOME', byDefault: ['.config']},
	state: {variable: 'XDG_STATE_HOME', byDefault: ['.local', 'state']},
} as const;

/** What is kept: what can be made again, what a person chose, what was recorded. */
export type PlaceKind = keyof typeof kinds;

/** A home without a path is none: nothing is read from the current folder, or written there. */
const homeOf = (home: string): string => path.isAbsolute(home) ? home : '/dev/null';

/**
The place of a file or folder of this user's.

@param kind What is kept there.
@param names Its name, and those of the folders in which it is, below `conntop`.
@param environment Variables that are no absolute paths are ignored, as the specification demands.
@param userHome By default what `HOME` or the list of users says.
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

/** Where root keeps what a program of the system writes (hier(7)): never in the home of the person whose HOME it has. */
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

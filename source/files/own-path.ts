/**
Checks who controls the path to a file. Root may run with the home of another user (`sudo -E`): files that it created there would lock that user out, and that user's
links could direct its writes anywhere. The same is true for any user and the links of others.
*/
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type {Place} from './places.js';

/** A part of the path to a file belongs to another user. */
export class ForeignPathError extends Error {
	override name = 'ForeignPathError';
}

/** The kernel's limit of links in a path (path_resolution(7)). */
const maximumLinks = 40;

const othersMayWrite = 0o002;
const sticky = 0o1000;

/** A resolved path. */
type ResolvedPath = {
	/** The path without links. */
	readonly path: string;
	/** Its longest prefix that exists. */
	readonly existing: {readonly path: string; readonly stats: fs.Stats};
	/** Why another user could replace a part of it; undefined if none can. */
	readonly problem: string | undefined;
};

const ownerText = (uid: number): string => uid === 0 ? 'root' : `another user (uid ${uid})`;

/** Stats a path without following a link; undefined if it does not exist or a parent is not a folder. */
const stat = (file: string): fs.Stats | undefined => {
	try {
		return fs.lstatSync(file, {throwIfNoEntry: false});
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') {
			return undefined;
		}

		throw error;
	}
};

/** Trusts this user, root, and the owner of the root directory, who takes root's role in a user namespace without root: they can replace anything. */
const createTrust = (userId: number): (stats: fs.Stats) => boolean => {
	const {uid: systemId} = fs.lstatSync('/');
	const trusted = new Set([userId, 0, systemId]);
	return ({uid}) => trusted.has(uid);
};

/**
Resolves a path and follows its links.

@throws ForeignPathError for a link of another user.
*/
const resolve = (file: string, userId: number): ResolvedPath => {
	const isTrusted = createTrust(userId);
	const names = path.resolve(file).split('/');
	let existing = {path: '/', stats: fs.lstatSync('/')};
	let problem: string | undefined;
	let links = 0;
	for (let name = names.shift(); name !== undefined; name = names.shift()) {
		const next = path.join(existing.path, name);
		const stats = stat(next);
		if (stats === undefined) {
			return {path: path.join(next, ...names), existing, problem};
		}

		if (stats.isSymbolicLink()) {
			links++;
			if (!isTrusted(stats)) {
				throw new ForeignPathError(`${next} is a link that belongs to ${ownerText(stats.uid)}`);
			}

			if (links > maximumLinks) {
				throw new Error(`${file} leads through more than ${maximumLinks} links`);
			}

			const target = fs.readlinkSync(next);
			names.unshift(...target.split('/'));
			existing = path.isAbsolute(target) ? {path: '/', stats: fs.lstatSync('/')} : existing;
		} else {
			existing = {path: next, stats};
			problem ??= isTrusted(stats) ? undefined : `${next} belongs to ${ownerText(stats.uid)}`;
			problem ??= (stats.mode & othersMayWrite) === 0 || (stats.mode & sticky) !== 0 || !stats.isDirectory() ? undefined : `every user may write to ${next}`;
		}
	}

	return {path: existing.path, existing, problem};
};

/**
Checks that no link in a path belongs to another user, because it could lead to a file that only root may read. The file itself may belong to another user.

@throws ForeignPathError if a link belongs to another user.
*/
export const checkLinks = (file: string, userId = process.geteuid?.() ?? 0): void => {
	resolve(file, userId);
};

/**
Returns the path of a place without links, after checking that this user may store something there.

@param userId The effective user id.
@throws ForeignPathError if a part of the path belongs to another user; Error if the base is missing.
*/
export const ownPath = (place: Place, userId = process.geteuid?.() ?? 0): string => {
	const {path: file, base} = place;
	if (base !== undefined && !fs.existsSync(base)) {
		throw new Error(`there is no folder ${base}`);
	}

	const {path: target, existing, problem} = resolve(file, userId);
	if (problem !== undefined) {
		throw new ForeignPathError(problem);
	}

	// A path given by the user may be in a folder of the system, such as /tmp; a default path may not. An existing file is replaced only by its owner.
	const {path: found, stats} = existing;
	if (stats.uid !== userId && (base !== undefined || !stats.isDirectory())) {
		throw new ForeignPathError(`${found} belongs to ${ownerText(stats.uid)}`);
	}

	return target;
};

/**
Creates a folder and its missing parents, accessible to this user only. The path must come from `ownPath`. The recursive mode of Node.js never ends for a directory
that exists but reports ENOENT, as /proc does.
*/
export const makeFolder = (folder: string): void => {
	if (fs.existsSync(folder)) {
		return;
	}

	makeFolder(path.dirname(folder));
	try {
		fs.mkdirSync(folder, {mode: 0o700});
	} catch (error) {
		// Another process has created it meanwhile.
		if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
			throw error;
		}
	}
};

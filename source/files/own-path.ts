/**
Who may have placed what lies on the way to a file. Root may run with the home of another user (`sudo -E`): what it made there would lock that user out, and what
it wrote through that user's links would end anywhere. The same holds for every user and the links of others.
*/
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type {Place} from './places.js';

/** Something on the way to a file belongs to another user. */
export class ForeignPathError extends Error {
	override name = 'ForeignPathError';
}

/** As many as the kernel follows (path_resolution(7)). */
const mostLinks = 40;

const othersMayWrite = 0o002;
const sticky = 0o1000;

/** What was found on the way to a path. */
type Way = {
	/** The path without links. */
	readonly path: string;
	/** The last part of it that exists. */
	readonly existing: {readonly path: string; readonly stats: fs.Stats};
	/** Why another user could replace a part of it; undefined where nobody can. */
	readonly problem: string | undefined;
};

const ownerText = (uid: number): string => uid === 0 ? 'root' : `another user (uid ${uid})`;

/** What is at a path; undefined for nothing, also where something above it is no folder. */
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

/** Those who own the system can replace anything: root, and in a user namespace without it whoever owns the root directory there. */
const createTrust = (userId: number): (stats: fs.Stats) => boolean => {
	const {uid: systemId} = fs.lstatSync('/');
	const trusted = new Set([userId, 0, systemId]);
	return ({uid}) => trusted.has(uid);
};

/**
Walks along a path and follows its links.

@throws ForeignPathError for a link of another user.
*/
const walk = (file: string, userId: number): Way => {
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

			if (links > mostLinks) {
				throw new Error(`${file} leads through more than ${mostLinks} links`);
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
Checks that no link on the way to a file belongs to another user. What is read may be another user's; a link could lead to what only root may read.

@throws ForeignPathError
*/
export const checkLinks = (file: string, userId = process.geteuid?.() ?? 0): void => {
	walk(file, userId);
};

/**
The path of a place without links, once it is clear that this user may keep something there.

@param place Where something is to be kept.
@param userId The effective user.
@throws ForeignPathError where something on the way belongs to another user; Error where the base is missing.
*/
export const ownPath = (place: Place, userId = process.geteuid?.() ?? 0): string => {
	const {path: file, base} = place;
	if (base !== undefined && !fs.existsSync(base)) {
		throw new Error(`there is no folder ${base}`);
	}

	const {path: target, existing, problem} = walk(file, userId);
	if (problem !== undefined) {
		throw new ForeignPathError(problem);
	}

	// A person may name a folder of the system, such as /tmp; by itself nothing is kept there. What exists already is only replaced by its owner.
	const {path: found, stats} = existing;
	if (stats.uid !== userId && (base !== undefined || !stats.isDirectory())) {
		throw new ForeignPathError(`${found} belongs to ${ownerText(stats.uid)}`);
	}

	return target;
};

/**
Makes the folder of a path that `ownPath` gave, and those above it, where they are not there, for this user alone. The recursive form of Node.js never ends where
a directory that is there answers that it is not, as /proc does.
*/
export const makeFolder = (folder: string): void => {
	if (fs.existsSync(folder)) {
		return;
	}

	makeFolder(path.dirname(folder));
	try {
		fs.mkdirSync(folder, {mode: 0o700});
	} catch (error) {
		// Another conntop was faster.
		if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
			throw error;
		}
	}
};

/** Code that V8 has compiled, in a file of this user's own. What is in it runs: nobody else may have written it, it must belong to the bundle, and be undamaged. */
import {Buffer} from 'node:buffer';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import zlib from 'node:zlib';
import {makeFolder, ownPath} from '../files/own-path.js';
import {userPlace, type Place} from '../files/places.js';
import {readBoundedFile} from '../files/read-file.js';
import {removeLeftovers, replaceFile} from '../files/replace-file.js';

/** Of the group and of all others. */
const othersMayWrite = 0o022;

/** Bytes of a file of compiled code; all of the program takes about 4 MB. */
const mostBytes = 64 * 1024 * 1024;

/**
Bytes of the checksum between stamp and code: V8 trusts what it is given, and one wrong bit ends the process. The stamp has 66 bytes: with 6 more, the code begins
where V8 need not copy it.
*/
const checksumLength = 6;

/** Where compiled code is kept: `~/.cache/conntop`, or below `XDG_CACHE_HOME`. */
export const codePlace = (name: string): Place => userPlace('cache', [name]);

/** Why a file or folder is not to be trusted; undefined where only this user can have written it. */
const distrust = ({uid, mode}: fs.Stats): string | undefined =>
	uid === process.geteuid?.() && (mode & othersMayWrite) === 0 ? undefined : 'another user could have written it';

/** What is before code in its file: the stamp of the bundle, and the checksum. */
const headOf = (stamp: string, code: Uint8Array): Uint8Array => {
	const checksum = Buffer.alloc(checksumLength);
	checksum.writeUIntBE(zlib.crc32(code), 0, checksumLength);
	return Buffer.concat([Buffer.from(stamp, 'latin1'), checksum]);
};

/**
Reads compiled code. A damaged file is removed.

@param place Where it is kept.
@param stamp Says which bundle it must be of; ASCII.
@returns Undefined where there is none for this bundle, where it is damaged, or where somebody else could have written it.
*/
export const readCode = (place: Place, stamp: string): Uint8Array | undefined => {
	try {
		const file = ownPath(place);
		if (distrust(fs.statSync(path.dirname(file))) !== undefined) {
			return undefined;
		}

		const content = readBoundedFile(file, {most: mostBytes, isLinkFollowed: false, refusal: distrust});
		if (Buffer.compare(content.subarray(0, stamp.length), Buffer.from(stamp, 'latin1')) !== 0) {
			return undefined;
		}

		const codeStart = stamp.length + checksumLength;
		const code = content.subarray(codeStart);
		if (Buffer.compare(content.subarray(0, codeStart), headOf(stamp, code)) === 0) {
			return code;
		}

		fs.rmSync(file);
	} catch {}

	return undefined;
};

const isRunning = (pid: number): boolean => fs.existsSync(`/proc/${pid}`);

/** Writes compiled code. Where that cannot be, the next start takes longer, and nothing else is lost. */
export const writeCode = (place: Place, stamp: string, code: Uint8Array): void => {
	try {
		const file = ownPath(place);
		makeFolder(path.dirname(file));
		removeLeftovers(file, pid => !isRunning(pid));
		replaceFile(file, Buffer.concat([headOf(stamp, code), code]), 0o600, {isSafe: false});
	} catch {}
};

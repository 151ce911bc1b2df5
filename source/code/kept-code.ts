/** A cache file of code that V8 has compiled. The code is executed, so the file must be written by this user only, belong to the bundle, and be undamaged. */
import {Buffer} from 'node:buffer';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import zlib from 'node:zlib';
import {makeFolder, ownPath} from '../files/own-path.js';
import {userPlace, type Place} from '../files/places.js';
import {readBoundedFile} from '../files/read-file.js';
import {removeLeftovers, replaceFile} from '../files/replace-file.js';

/** Write permission of group and others. */
const othersMayWrite = 0o022;

/** Limit of bytes of a cache file. The code of the complete program takes about 4 MB. */
const maximumBytes = 64 * 1024 * 1024;

/**
Bytes of the checksum between stamp and code. V8 trusts its input, and one wrong bit ends the process. The stamp has 66 bytes; with 6 more, the code is aligned so that V8
need not copy it.
*/
const checksumLength = 6;

/** The place of a cache file: in `~/.cache/conntop`, or below `XDG_CACHE_HOME`. */
export const codePlace = (name: string): Place => userPlace('cache', [name]);

/** Why a file or folder is not trusted; undefined if only this user can have written it. */
const findDistrust = ({uid, mode}: fs.Stats): string | undefined =>
	uid === process.geteuid?.() && (mode & othersMayWrite) === 0 ? undefined : 'another user could have written it';

/** The header of a cache file: the stamp of the bundle and the checksum of the code. */
const headerOf = (stamp: string, code: Uint8Array): Uint8Array => {
	const checksum = Buffer.alloc(checksumLength);
	checksum.writeUIntBE(zlib.crc32(code), 0, checksumLength);
	return Buffer.concat([Buffer.from(stamp, 'latin1'), checksum]);
};

/**
Reads compiled code. Removes a damaged file.

@param place The place of the file.
@param stamp Identifies the bundle; ASCII.
@returns Undefined if there is no code for this bundle, if the file is damaged, or if another user could have written it.
*/
export const readCode = (place: Place, stamp: string): Uint8Array | undefined => {
	try {
		const file = ownPath(place);
		if (findDistrust(fs.statSync(path.dirname(file))) !== undefined) {
			return undefined;
		}

		const content = readBoundedFile(file, {maxBytes: maximumBytes, isLinkFollowed: false, refusal: findDistrust});
		if (Buffer.compare(content.subarray(0, stamp.length), Buffer.from(stamp, 'latin1')) !== 0) {
			return undefined;
		}

		const codeStart = stamp.length + checksumLength;
		const code = content.subarray(codeStart);
		if (Buffer.compare(content.subarray(0, codeStart), headerOf(stamp, code)) === 0) {
			return code;
		}

		fs.rmSync(file);
	} catch {}

	return undefined;
};

const isRunning = (pid: number): boolean => fs.existsSync(`/proc/${pid}`);

/** Writes compiled code. Ignores errors, because they only make the next start slower. */
export const writeCode = (place: Place, stamp: string, code: Uint8Array): void => {
	try {
		const file = ownPath(place);
		makeFolder(path.dirname(file));
		removeLeftovers(file, pid => !isRunning(pid));
		replaceFile(file, Buffer.concat([headerOf(stamp, code), code]), 0o600, {isSafe: false});
	} catch {}
};

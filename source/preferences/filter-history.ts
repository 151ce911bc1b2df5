/** The filter history: a file in the state directory, one filter per line, the newest last. */
import path from 'node:path';
import {withLock} from '../files/lock.js';
import {checkLinks, makeFolder, ownPath} from '../files/own-path.js';
import {userPlace, type Place} from '../files/places.js';
import {readBoundedFile} from '../files/read-file.js';
import {removeLeftovers, replaceFile} from '../files/replace-file.js';
import {decodeBytes} from '../text/escape.js';
import {addFilter} from './filter-list.js';

/** Bytes; a larger file is something else. */
const maxBytes = 1_000_000;

/** Where they are by default: `~/.local/state/conntop/filters`, or below `XDG_STATE_HOME`. */
export const filterHistoryPlace = (): Place => userPlace('state', ['filters']);

const readIn = (file: string): readonly string[] => {
	checkLinks(file);
	const lines = decodeBytes(readBoundedFile(file, {maxBytes, isLinkFollowed: true})).split('\n');
	let filters: readonly string[] = [];
	for (const line of lines) {
		filters = addFilter(filters, line);
	}

	return filters;
};

/** Reads the filter history, the newest last; empty if the file does not exist or cannot be read, because it is not essential. */
export const readFilterHistory = (place: Place): readonly string[] => {
	try {
		return readIn(place.path);
	} catch {
		return [];
	}
};

/**
Adds a filter to those in the file, which other processes may write, too. Only this user can read it: filters name hosts and users.

@throws Error where this user may keep nothing there.
*/
export const keepFilter = async (place: Place, filter: string): Promise<void> => {
	const file = ownPath(place);
	makeFolder(path.dirname(file));
	await withLock(`${file}.lock`, () => {
		removeLeftovers(file, () => true);
		replaceFile(file, `${addFilter(readFilterHistory({path: file}), filter).join('\n')}\n`, 0o600, {isSafe: false});
	});
};

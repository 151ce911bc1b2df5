import {followFile, systemFile, type FileAccess} from './followed-file.js';

/** Limit of names, which bounds the memory used for very long files. */
const maximumUsers = 50_000;

export type UserNames = {
	/** Name of a user id, not escaped; undefined if it has none. */
	readonly name: (uid: number) => string | undefined;
};

type Options = {
	/** A file in the format of passwd(5). */
	readonly file?: FileAccess;
	/** A clock in milliseconds. */
	readonly now?: () => number;
};

/**
Looks up user names in /etc/passwd. The file is checked for changes at most once per second. Users of other services (LDAP, systemd-homed) have no name here.
*/
export const createUserNames = ({file = systemFile('/etc/passwd'), now = () => performance.now()}: Options = {}): UserNames => {
	const names = followFile(file, parseUsers, now);
	return {name: uid => names().get(uid)};
};

/** Parses lines of passwd(5): `name:password:uid:…`. The first name of an id wins, as in getpwuid(3). Invalid lines are skipped. */
export const parseUsers = (text: string): ReadonlyMap<number, string> => {
	const names = new Map<number, string>();
	for (const line of text.split('\n')) {
		const [name, , uid] = line.split(':', 3);
		if (name !== '' && uid !== undefined && /^\d{1,10}$/v.test(uid) && !names.has(Number(uid)) && names.size < maximumUsers) {
			names.set(Number(uid), name);
		}
	}

	return names;
};

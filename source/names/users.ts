import {followFile, systemFile, type FileAccess} from './followed-file.js';

/** More lines than this are not kept: the names are for people, and a list of a million users is not worth its memory. */
const mostUsers = 50_000;

export type UserNames = {
	/** Name of a user id, as it is; undefined when it has none. */
	readonly name: (uid: number) => string | undefined;
};

type Options = {
	/** In the format of passwd(5). */
	readonly file?: FileAccess;
	/** A clock in milliseconds. */
	readonly now?: () => number;
};

/**
User names from /etc/passwd, read again when the file changes, which is looked for at most once a second. Users of other services (LDAP, systemd-homed)
have no name here.
*/
export const createUserNames = ({file = systemFile('/etc/passwd'), now = () => performance.now()}: Options = {}): UserNames => {
	const names = followFile(file, parseUsers, now);
	return {name: uid => names().get(uid)};
};

/** Reads lines of passwd(5): `name:password:uid:…`. The first name of an id counts, as for getpwuid(3); what is no such line is skipped. */
export const parseUsers = (text: string): ReadonlyMap<number, string> => {
	const names = new Map<number, string>();
	for (const line of text.split('\n')) {
		const [name, , uid] = line.split(':', 3);
		if (name !== '' && uid !== undefined && /^\d{1,10}$/v.test(uid) && !names.has(Number(uid)) && names.size < mostUsers) {
			names.set(Number(uid), name);
		}
	}

	return names;
};

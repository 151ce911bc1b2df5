import fs from 'node:fs';

const passwordFile = '/etc/passwd';

/** More lines than this are not kept: the names are for people, and a list of a million users is not worth its memory. */
const mostUsers = 50_000;

/** Milliseconds between two looks at the file. */
const checkInterval = 1000;

/** A file of users, in the format of passwd(5). */
export type UserFile = {
	/** A text that differs when the file has changed; undefined when there is no such file. */
	readonly version: () => string | undefined;
	readonly read: () => string;
};

export type UserNames = {
	/** Name of a user id, as it is; undefined when it has none. */
	readonly name: (uid: number) => string | undefined;
};

type Options = {
	readonly file?: UserFile;
	/** A clock in milliseconds. */
	readonly now?: () => number;
};

/**
User names from /etc/passwd, read again when the file changes, which is looked for at most once a second. Users of other services (LDAP, systemd-homed)
have no name here.
*/
export const createUserNames = ({file = systemUsers, now = () => performance.now()}: Options = {}): UserNames => {
	let names: ReadonlyMap<number, string> = new Map();
	let version: string | undefined;
	let checkedAt = -Infinity;

	const refresh = (): void => {
		checkedAt = now();
		const current = file.version();
		if (current === version) {
			return;
		}

		version = current;
		names = current === undefined ? new Map() : parseUsers(readOrNothing(file));
	};

	return {
		name(uid) {
			if (now() - checkedAt >= checkInterval) {
				refresh();
			}

			return names.get(uid);
		},
	};
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

const readOrNothing = (file: UserFile): string => {
	try {
		return file.read();
	} catch {
		return '';
	}
};

const systemUsers: UserFile = {
	version() {
		try {
			const {mtimeMs, size, ino} = fs.statSync(passwordFile);
			return `${mtimeMs} ${size} ${ino}`;
		} catch {
			return undefined;
		}
	},
	read: () => fs.readFileSync(passwordFile, 'utf8'),
};

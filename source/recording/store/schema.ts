/**
The schema of a shard. It is a stable interface, described in docs/recordings.md for users of `sqlite3`. A change needs a new version number; conntop reads all
versions up to its own.
*/

/** `PRAGMA user_version` of a shard. */
export const shardVersion = 1;

/** `PRAGMA application_id` of a shard: `ctop`. */
export const shardMagic = 0x63_74_6F_70;

/** File name extension of a shard. */
export const shardExtension = '.conntop';

const wordOf = (column: string): string => `(SELECT string FROM text WHERE id = ${column})`;

const timeOf = (column: string): string => `strftime('%Y-%m-%dT%H:%M:%fZ', ${column} / 1000.0, 'unixepoch')`;

export const schema = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;

CREATE TABLE text (id INTEGER PRIMARY KEY, string TEXT NOT NULL UNIQUE);

CREATE TABLE life (
	run INTEGER NOT NULL,
	socket INTEGER NOT NULL,
	opened INTEGER NOT NULL,
	closed INTEGER,
	is_older INTEGER NOT NULL,
	is_short INTEGER NOT NULL,
	cookie INTEGER,
	namespace INTEGER,
	protocol INTEGER NOT NULL,
	state INTEGER,
	local INTEGER,
	local_port INTEGER,
	peer INTEGER,
	peer_port INTEGER,
	process INTEGER,
	pid INTEGER,
	other_owners INTEGER NOT NULL,
	user INTEGER,
	uid INTEGER,
	cgroup INTEGER,
	unit INTEGER,
	container INTEGER,
	sent INTEGER,
	received INTEGER,
	rtt INTEGER,
	retransmits INTEGER,
	reason INTEGER,
	PRIMARY KEY (run, socket)
) WITHOUT ROWID;
CREATE INDEX life_peer ON life (peer, opened);
CREATE INDEX life_opened ON life (opened);

CREATE TABLE frame (
	id INTEGER PRIMARY KEY,
	time INTEGER NOT NULL,
	run INTEGER NOT NULL,
	number INTEGER NOT NULL,
	is_key INTEGER NOT NULL,
	elapsed INTEGER,
	sockets INTEGER NOT NULL,
	opened INTEGER NOT NULL,
	closed INTEGER NOT NULL,
	resets INTEGER NOT NULL,
	problems INTEGER NOT NULL,
	dropped INTEGER NOT NULL,
	body BLOB NOT NULL
);
CREATE INDEX frame_time ON frame (time);

CREATE VIEW connection AS SELECT
	${timeOf('opened')} AS opened,
	${timeOf('closed')} AS closed,
	(closed - opened) / 1000.0 AS seconds,
	${wordOf('protocol')} AS protocol,
	${wordOf('state')} AS state,
	${wordOf('local')} AS local,
	local_port,
	${wordOf('peer')} AS peer,
	peer_port,
	${wordOf('process')} AS process,
	pid,
	${wordOf('user')} AS user,
	${wordOf('unit')} AS unit,
	${wordOf('container')} AS container,
	${wordOf('namespace')} AS namespace,
	sent,
	received,
	rtt / 1000.0 AS rtt_ms,
	retransmits,
	${wordOf('reason')} AS reason,
	is_older,
	is_short,
	opened AS opened_ms,
	closed AS closed_ms,
	run,
	socket
FROM life;

CREATE VIEW moment AS SELECT
	${timeOf('time')} AS time,
	elapsed / 1000.0 AS seconds,
	sockets,
	opened,
	closed,
	resets,
	problems,
	dropped,
	is_key,
	length(body) AS bytes,
	run
FROM frame;
`;

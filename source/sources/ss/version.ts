/**
Finds the version of `ss`. iproute2 prints the date of its snapshot up to 5.7 (`iproute2-ss200127`), and its version since then (`iproute2-6.1.0, libbpf
1.1.0`).
*/

/** Major version times 100 plus minor version: 504 is 5.4. For iproute2 and for the kernel. */
export type Version = number;

/** The snapshot of each release up to 5.7: date in `include/SNAPSHOT.h`, version. From 5.8 on, `ss` prints the version itself. */
const snapshots = [
	[200_602, 507],
	[200_330, 506],
	[200_127, 505],
	[191_125, 504],
	[190_924, 503],
	[190_708, 502],
	[190_510, 501],
	[190_319, 500],
	[190_107, 420],
	[181_023, 419],
	[180_813, 418],
	[180_608, 417],
	[180_402, 416],
	[180_129, 415],
	[171_112, 414],
	[170_905, 413],
	[170_705, 412],
	[170_501, 411],
	[170_220, 410],
	[161_212, 409],
	[161_009, 408],
] as const;

/** The oldest usable version: it has `-H` (4.7) and a snapshot date that identifies it. */
export const oldestVersion: Version = 408;

/**
The version in the output of `ss -V`, or undefined if it is not from iproute2. A snapshot counts as the last release up to its date, or 0 if it is older than
all.
*/
export const parseSsVersion = (text: string): Version | undefined => {
	const match = /iproute2-(?:ss(?<date>\d{6})|v?(?<major>\d{1,3})\.(?<minor>\d{1,2}))/v.exec(text);
	if (match?.groups === undefined) {
		return undefined;
	}

	const {date, major, minor} = match.groups;
	return date === undefined ? Number(major) * 100 + Number(minor) : snapshots.find(([snapshot]) => snapshot <= Number(date))?.[1] ?? 0;
};

/** The version in a kernel release such as `6.12.48-amd64`; 0 if there is none. */
export const parseKernelVersion = (release: string): Version => {
	const match = /^(?<major>\d{1,3})\.(?<minor>\d{1,2})/v.exec(release);
	return match?.groups === undefined ? 0 : Number(match.groups.major) * 100 + Number(match.groups.minor);
};

/** `504` → `5.4`. */
export const formatVersion = (version: Version): string => `${Math.floor(version / 100)}.${version % 100}`;

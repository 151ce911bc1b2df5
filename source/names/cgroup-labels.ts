/**
What a cgroup's path says of the processes in it: the systemd unit, the container, the Kubernetes pod. Paths are those of cgroup v2, under systemd's
names (`docker-ID.scope`) as well as under plain ones (`/docker/ID`). Container runtimes keep the names of containers to themselves; the path has the
id, of which twelve digits are shown, as the runtimes' own tools do.
*/

export type CgroupLabels = {
	/** The innermost service, scope or slice, as systemd calls it. */
	readonly unit?: string;
	/** Runtime and id or name of the innermost container: `docker:0123456789ab`, `lxc:NAME`, `machine:NAME`. */
	readonly container?: string;
	/** Unique id of the Kubernetes pod. */
	readonly pod?: string;
};

const unitPattern = /^.+\.(?:service|scope|slice)$/v;

/** Whole components that name a container with an id of 64 digits; systemd's suffix is cut before. */
const idPattern = /^(?:(?<runtime>docker|podman|libpod|cri-containerd|nerdctl|crio|cri-o|buildkit)-)?(?<id>[0-9a-f]{64})$/v;

const runtimeNames: Readonly<Record<string, string>> = {
	libpod: 'podman', 'cri-containerd': 'containerd', crio: 'cri-o',
};

/** Parents of components that are an id and nothing else. */
const parentRuntimes: ReadonlyArray<readonly [pattern: RegExp, runtime: string]> = [
	[/^docker$/v, 'docker'],
	[/^(?:libpod_parent|podman)$/v, 'podman'],
	[/^(?:containerd|nerdctl)$/v, 'containerd'],
	[/^crio$/v, 'cri-o'],
];

/** The pod of a component: plain (`podUID`) or systemd's (`kubepods-burstable-podUID.slice`, whose hyphens are underscores). */
const podPattern = /^(?:kubepods(?:-besteffort|-burstable)?-)?pod(?<uid>[0-9a-f]{8}(?:[\-_][0-9a-f]{4}){3}[\-_][0-9a-f]{12}|[0-9a-f]{32})(?:\.slice)?$/v;

const lxcPattern = /^lxc\.payload\.(?<name>.+)$/v;
const machinePattern = /^machine-(?<name>.+)\.scope$/v;
const nspawnPattern = /^systemd-nspawn@(?<name>.+)\.service$/v;

/** Systemd writes other characters than letters, digits, `:`, `_`, `.` as `\x2d`, byte by byte. */
const unescapeUnit = (name: string): string => {
	if (!name.includes(String.raw`\x`)) {
		return name;
	}

	const bytes = [...new TextEncoder().encode(name)];
	const result: number[] = [];
	for (let at = 0; at < bytes.length; at++) {
		const code = String.fromCodePoint(...bytes.slice(at, at + 4));
		if (/^\\x[0-9a-f]{2}$/v.test(code)) {
			result.push(Number.parseInt(code.slice(2), 16));
			at += 3;
		} else {
			result.push(bytes[at]);
		}
	}

	return new TextDecoder().decode(new Uint8Array(result));
};

const containerAt = (components: readonly string[], index: number): string | undefined => {
	const component = components[index];
	const parent = components[index - 1] ?? '';
	const id = idPattern.exec(component.replace(/\.scope$/v, ''))?.groups;
	if (id !== undefined) {
		const isInPod = podPattern.test(parent);
		const runtime = id.runtime === undefined
			? parentRuntimes.find(([pattern]) => pattern.test(parent))?.[1] ?? (isInPod ? 'kubernetes' : 'container')
			: runtimeNames[id.runtime] ?? id.runtime;
		return `${runtime}:${id.id.slice(0, 12)}`;
	}

	const lxc = lxcPattern.exec(component)?.groups?.name ?? (/^lxc(?:\.payload)?$/v.test(parent) ? component : undefined);
	if (lxc !== undefined) {
		return `lxc:${lxc}`;
	}

	const machine = (machinePattern.exec(component) ?? nspawnPattern.exec(component))?.groups?.name;
	return machine === undefined ? undefined : `machine:${unescapeUnit(machine)}`;
};

/** Reads the labels from a cgroup's path, which is taken as it is: any program that may make cgroups may name them. */
export const labelCgroup = (path: string): CgroupLabels => {
	const components = path.split('/').filter(component => component !== '');
	let unit: string | undefined;
	let container: string | undefined;
	let pod: string | undefined;
	for (let index = components.length - 1; index >= 0; index--) {
		const component = components[index];
		unit ??= unitPattern.test(component) ? component : undefined;
		container ??= containerAt(components, index);
		pod ??= podPattern.exec(component)?.groups?.uid.replaceAll('_', '-');
	}

	return {
		...(unit !== undefined && {unit}),
		...(container !== undefined && {container}),
		...(pod !== undefined && {pod}),
	};
};

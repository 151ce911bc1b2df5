/**
Labels derived from a cgroup's path: systemd unit, container, Kubernetes pod. Paths are those of cgroup v2, with systemd's names (`docker-ID.scope`) or plain
ones (`/docker/ID`). The path contains a container's id, not its name. Twelve digits of the id are shown, as the runtimes' own tools do.
*/

export type CgroupLabels = {
	/** The innermost systemd service, scope or slice. */
	readonly unit?: string;
	/** Runtime and id or name of the innermost container: `docker:0123456789ab`, `lxc:NAME`, `machine:NAME`. */
	readonly container?: string;
	/** Unique id of the Kubernetes pod. */
	readonly pod?: string;
};

/** How many digits of an id are shown. */
const shownDigits = 12;

const unitPattern = /^.+\.(?:service|scope|slice)$/v;

/** The container id of most runtimes. */
const idPattern = /^[0-9a-f]{64}$/v;

/** A component that is a container id of 64 digits, optionally after the name of the runtime. The suffix `.scope` is removed before. */
const namedIdPattern = /^(?:(?<runtime>[a-z][.0-9_a-z]*(?:-[.0-9_a-z]+)*)[\-_])?(?<id>[0-9a-f]{64})$/v;

/** Conmon monitors a container from a cgroup of its own, outside the container. */
const monitorPattern = /(?:^|-)conmon$/v;

/** Common names of runtimes, by the names that runtimes use in paths. */
const runtimeNames: ReadonlyMap<string, string> = new Map([
	['libpod', 'podman'],
	['libpod-payload', 'podman'],
	['cri-containerd', 'containerd'],
	['crio', 'cri-o'],
	['cri-dockerd', 'docker'],
	['moby', 'docker'],
]);

/** Parents of components that consist of an id only, with the pattern of that id. */
const parentRuntimes: ReadonlyArray<readonly [parent: RegExp, runtime: string, id: RegExp]> = [
	[/^(?:docker|moby)$/v, 'docker', idPattern],
	[/^(?:libpod_parent|podman)$/v, 'podman', idPattern],
	// Containerd names the parent after the containerd namespace of the container.
	[/^(?:containerd|nerdctl|k8s\.io|default)$/v, 'containerd', idPattern],
	[/^crio$/v, 'cri-o', idPattern],
	[/^kata_overhead$/v, 'kata', idPattern],
	[/^buildkit$/v, 'buildkit', /^[0-9a-z]{25}$/v],
	// On Fargate, the id is the task's id and a number.
	[/^[0-9a-f]{32}$/v, 'ecs', /^[0-9a-f]{32}-\d+$/v],
	[/^(?:mesos|garden)$/v, 'container', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/v],
];

/**
The systemd form of a cgroup path for runc and others (`SLICE:PREFIX:NAME`). It is a component if a runtime was configured for systemd's names but creates
cgroups itself.
*/
const triplePattern = /^(?<slice>(?:[^:]+\.slice)?):(?<runtime>[^:]+):(?<name>[^:]+)$/v;

/** A component of a pod: plain (`podUID`) or systemd's (`kubepods-burstable-podUID.slice`, with underscores for the hyphens of the UID), in any slice of the kubelet. */
const podPattern = /^(?:(?:[^:]+-)?kubepods(?:-besteffort|-burstable|-guaranteed)?-)?pod(?<uid>[0-9a-f]{8}(?:[\-_][0-9a-f]{4}){3}[\-_][0-9a-f]{12}|[0-9a-f]{32})(?:\.slice)?$/v;

const lxcPattern = /^lxc\.payload\.(?<name>.+)$/v;
const machinePattern = /^machine-(?<name>.+)\.scope$/v;
const nspawnPattern = /^systemd-nspawn@(?<name>.+)\.service$/v;

/** Decodes the escapes of systemd: it writes each byte other than letters, digits, `:`, `_` and `.` as `\x2d`. */
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

/** Shortens an id; leaves a name as it is. */
const shortened = (id: string): string => idPattern.test(id) ? id.slice(0, shownDigits) : id;

const labelOf = (runtime: string, id: string): string => `${runtimeNames.get(runtime) ?? runtime}:${shortened(id)}`;

/** The runtime of a component that consists of an id only, according to its parent. */
const runtimeBelow = (parent: string, id: string): string | undefined => parentRuntimes.find(([pattern, , ids]) => pattern.test(parent) && ids.test(id))?.[1];

const containerAt = (components: readonly string[], index: number): string | undefined => {
	const component = components[index];
	const parent = components[index - 1] ?? '';
	const triple = triplePattern.exec(component)?.groups;
	if (triple !== undefined) {
		return labelOf(triple.runtime, triple.name);
	}

	const {runtime, id} = namedIdPattern.exec(component.replace(/\.scope$/v, ''))?.groups ?? {};
	if (id !== undefined && (runtime === undefined || !monitorPattern.test(runtime))) {
		return labelOf(runtime ?? runtimeBelow(parent, id) ?? (podPattern.test(parent) ? 'kubernetes' : 'container'), id);
	}

	const other = runtimeBelow(parent, component);
	if (other !== undefined) {
		return `${other}:${component.slice(0, shownDigits)}`;
	}

	const lxc = lxcPattern.exec(component)?.groups?.name ?? (/^lxc(?:\.payload)?$/v.test(parent) ? component : undefined);
	if (lxc !== undefined) {
		return `lxc:${lxc}`;
	}

	const machine = (machinePattern.exec(component) ?? nspawnPattern.exec(component))?.groups?.name;
	return machine === undefined ? undefined : `machine:${unescapeUnit(machine)}`;
};

/** Derives the labels of a cgroup from its path. The labels are not escaped: whoever may create cgroups chooses the path. */
export const labelCgroup = (path: string): CgroupLabels => {
	const components = path.split('/').filter(component => component !== '');
	let unit: string | undefined;
	let container: string | undefined;
	let pod: string | undefined;
	for (let index = components.length - 1; index >= 0; index--) {
		const component = components[index];
		unit ??= unitPattern.test(component) ? component : undefined;
		container ??= containerAt(components, index);
		pod ??= podPattern.exec(triplePattern.exec(component)?.groups?.slice ?? component)?.groups?.uid.replaceAll('_', '-');
	}

	return {
		...(unit !== undefined && {unit}),
		...(container !== undefined && {container}),
		...(pod !== undefined && {pod}),
	};
};
